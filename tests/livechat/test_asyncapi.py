"""The description of the socket: valid by AsyncAPI's own schema, and complete."""

import json
from dataclasses import fields
from pathlib import Path

import pytest
from django.test import Client
from jsonschema import Draft7Validator, ValidationError, validate

from livechat.wire import frames
from livechat.wire.asyncapi import document
from livechat.wire.codes import Close, ErrorCode

ROOT = Path(__file__).parents[2]
OFFICIAL = ROOT / "node_modules" / "@asyncapi" / "specs" / "schemas" / "3.0.0-without-$id.json"
GOLDEN = ROOT / "tests" / "wire" / "golden"
ALL = {**frames.SEQUENCED, **frames.UNSEQUENCED, **frames.FROM_CLIENT}


@pytest.fixture(scope="module")
def described():
    return document(host="shop.example", secure=True)


def test_it_is_a_valid_asyncapi_document(described):
    Draft7Validator(json.loads(OFFICIAL.read_text())).validate(described)


def test_the_official_schema_would_notice_a_mistake(described):
    wrong = {**described, "operations": {"say": {"action": "shout", "channel": {"$ref": "#/channels/room"}}}}
    with pytest.raises(ValidationError):
        Draft7Validator(json.loads(OFFICIAL.read_text())).validate(wrong)


def test_every_frame_is_in_it_with_its_fields(described):
    place = {"epoch", "seq", "at"}
    listed = {
        name: set(one["payload"]["properties"]) for name, one in described["components"]["messages"].items()
    }
    assert listed == {
        type_: {"type", *(f.name for f in fields(cls)), *(place if type_ in frames.SEQUENCED else ())}
        for type_, cls in ALL.items()
    }


def test_every_frame_says_what_it_is_for(described):
    assert [
        name for name, one in described["components"]["messages"].items() if len(one["summary"]) < 10
    ] == []


def test_every_frame_is_sent_or_received(described):
    operations = described["operations"].values()
    named = {ref["$ref"].rsplit("/", 1)[1] for one in operations for ref in one["messages"]}
    received = {
        ref["$ref"].rsplit("/", 1)[1]
        for one in operations
        if one["action"] == "receive"
        for ref in one["messages"]
    }
    assert named == set(ALL)
    assert received == set(frames.FROM_CLIENT)


def test_every_code_is_in_it(described):
    assert described["components"]["schemas"]["ErrorCode"]["enum"] == [code.value for code in ErrorCode]
    assert {one["code"] for one in described["x-close-codes"]} == {code.value for code in Close}


def test_every_reference_leads_somewhere(described):
    def references(value):
        if isinstance(value, dict):
            yield from ([value["$ref"]] if "$ref" in value else ())
            value = list(value.values())
        if isinstance(value, list):
            for one in value:
                yield from references(one)

    for reference in references(described):
        found = described
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]


def golden_frames():
    for path in sorted(GOLDEN.glob("*.json")):
        for case in json.loads(path.read_text()):
            yield from case["frames"]


def test_the_golden_frames_are_as_described(described):
    payloads = {name: one["payload"] for name, one in described["components"]["messages"].items()}
    for frame in golden_frames():
        validate(frame, payloads[frame["type"]])


def test_a_frame_with_a_field_too_many_is_not_as_described(described):
    payload = described["components"]["messages"]["chat.deleted"]["payload"]
    frame = {"type": "chat.deleted", "epoch": "e", "seq": 1, "at": 2, "id": "x"}
    validate(frame, payload)
    with pytest.raises(ValidationError):
        validate({**frame, "why": "spam"}, payload)


@pytest.mark.django_db
def test_it_is_served_beside_the_openapi_document():
    served = Client().get("/api/asyncapi.json", secure=True, headers={"host": "testserver"})
    assert served.json() == document(host="testserver", secure=True)
    assert '"/api/asyncapi.json"' in Client().get("/api/schema/?format=json").content.decode()
