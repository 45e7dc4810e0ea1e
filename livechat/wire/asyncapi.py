"""The room's socket as an AsyncAPI 3.0 document, made from the frame classes themselves.

What a client may send and must understand is written down once, as dataclasses; this says it to machines.
"""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from inspect import cleandoc
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from livechat.wire import codec, frames
from livechat.wire.codes import Close, ErrorCode, may_come_back

JSON = dict[str, Any]
VERSION = "3.0.0"
ROOM = "room"
KINDS = {str: "string", int: "integer", bool: "boolean", float: "number", list: "array", dict: "object"}
PLACE: JSON = {
    "epoch": {"type": "string", "description": "Numbers count within it; another one makes all known void."},
    "seq": {"type": "integer", "minimum": 1, "description": "The place in the log, without holes."},
    "at": {"type": "integer", "description": "Milliseconds UTC."},
}
# What the server answers to a frame, to its sender only.
ANSWERS: dict[str, tuple[type[frames.Frame], ...]] = {
    frames.ChatSend.TYPE: (frames.Ack, frames.Held, frames.Refused, frames.Error),
    frames.Vote.TYPE: (frames.Ack, frames.Error),
    frames.Since.TYPE: (frames.Hello,),
    frames.Ping.TYPE: (frames.Heartbeat,),
}
QUERY: JSON = {
    "type": "object",
    "required": ["ticket"],
    "properties": {
        "ticket": {"type": "string", "description": "From POST /api/v1/rooms/{slug}/ticket/, good once."},
        "epoch": {"type": "string", "description": "The epoch one stood in; left out the first time."},
        "since": {"type": "string", "description": "The last place one has seen in that epoch."},
    },
}
ABOUT = (
    "One socket per viewer and room. Frames are JSON objects in text frames, `type` first; unknown fields "
    "are errors both ways; times are milliseconds UTC. A snapshot and a ticket come over HTTP (see OpenAPI). "
    "The first frame is `hello`; sequenced frames follow without holes, and `since` asks for what "
    "was missed."
)


def document(*, host: str, secure: bool) -> JSON:
    """The whole description, for a server reached at `host` (with its port)."""
    return {
        "asyncapi": VERSION,
        "info": {
            "title": "SeeNow room",
            "version": "1",
            "description": ABOUT,
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "servers": {"live": {"host": host, "protocol": "wss" if secure else "ws"}},
        "channels": {ROOM: _channel()},
        "operations": _operations(),
        "components": {"messages": _messages(), "schemas": {"ErrorCode": _error_codes()}},
        "x-close-codes": _close_codes(),
        "x-limits": {"maxBytes": codec.MAX_BYTES, "maxDepth": codec.MAX_DEPTH},
    }


def _channel() -> JSON:
    return {
        "address": "/ws/rooms/{slug}/",
        "title": "A room",
        "description": "What happens in one show. The Origin must be the page's own.",
        "parameters": {"slug": {"description": "The show's slug."}},
        "messages": {type_: {"$ref": f"#/components/messages/{type_}"} for type_ in _all_frames()},
        "bindings": {"ws": {"method": "GET", "query": QUERY, "bindingVersion": "0.1.0"}},
    }


def _all_frames() -> Mapping[str, type[frames.Frame]]:
    return {**frames.SEQUENCED, **frames.UNSEQUENCED, **frames.FROM_CLIENT}


def _operations() -> JSON:
    """From the server's side, as AsyncAPI 3 counts: it sends the log and single words, and receives."""
    told = {
        "tellRoom": _operation("send", "Rows of the room log, to everybody in order.", frames.SEQUENCED),
        "tellViewer": _operation("send", "For one moment or one viewer, never replayed.", frames.UNSEQUENCED),
    }
    return told | {_camel(type_): _receive(type_, cls) for type_, cls in frames.FROM_CLIENT.items()}


def _receive(type_: str, cls: type[frames.Frame]) -> JSON:
    operation = _operation("receive", _summary(cls), [type_])
    if answers := ANSWERS.get(type_):
        operation["reply"] = {"channel": _channel_ref(), "messages": _refs(cls.TYPE for cls in answers)}
    return operation


def _operation(action: str, summary: str, types: Iterable[str]) -> JSON:
    return {"action": action, "channel": _channel_ref(), "summary": summary, "messages": _refs(types)}


def _channel_ref() -> JSON:
    return {"$ref": f"#/channels/{ROOM}"}


def _refs(types: Iterable[str]) -> list[JSON]:
    return [{"$ref": f"#/channels/{ROOM}/messages/{type_}"} for type_ in types]


def _messages() -> JSON:
    return {type_: _message(type_, cls) for type_, cls in _all_frames().items()}


def _message(type_: str, cls: type[frames.Frame]) -> JSON:
    return {
        "name": type_,
        "title": cls.__name__,
        "summary": _summary(cls),
        "description": cleandoc(cls.__doc__ or ""),
        "contentType": "application/json",
        "payload": _payload(type_, cls),
    }


def _payload(type_: str, cls: type[frames.Frame]) -> JSON:
    hints, own = get_type_hints(cls), fields(cls)
    place = PLACE if type_ in frames.SEQUENCED else {}
    needed = [field.name for field in own if field.default is MISSING]
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["type", *place, *needed],
        "properties": {"type": {"const": type_}, **place}
        | {field.name: _schema(hints[field.name]) for field in own}
        | ({"code": {"$ref": "#/components/schemas/ErrorCode"}} if cls is frames.Error else {}),
    }


def _schema(hint: Any) -> JSON:
    if isinstance(hint, UnionType):
        inner = [_schema(one)["type"] for one in get_args(hint) if one is not NoneType]
        return {"type": [*inner, "null"]}
    return {"type": KINDS[get_origin(hint) or hint]}


def _error_codes() -> JSON:
    return {
        "type": "string",
        "description": cleandoc(ErrorCode.__doc__ or ""),
        "enum": list(map(str, ErrorCode)),
    }


def _close_codes() -> list[JSON]:
    return [{"code": int(code), "name": code.name, "comeBack": may_come_back(code)} for code in Close]


def _summary(cls: type[frames.Frame]) -> str:
    return cleandoc(cls.__doc__ or "").split("\n\n")[0].replace("\n", " ")


def _camel(type_: str) -> str:
    first, *rest = type_.split(".")
    return first + "".join(part.title() for part in rest)
