"""Bad frames: refused with a code, never an exception of another kind."""

import json
import random
import string

import pytest
from django.conf import settings

from livechat.wire import codec, frames, throttle
from livechat.wire.codes import Close, ErrorCode, may_come_back

FUZZ = 20_000


def code_of(text: str) -> str:
    with pytest.raises(codec.BadFrame) as refused:
        codec.decode(text)
    return refused.value.code


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ('{"type":"ping"}', frames.Ping()),
        ('{"type":"chat.send","id":"c1","text":"[[[[[[[[[[{{"}', frames.ChatSend("c1", "[[[[[[[[[[{{")),
        ('{"type":"chat.send","id":"c1","text":"a \\" [ \\\\"}', frames.ChatSend("c1", 'a " [ \\')),
        ('{"type":"since","epoch":"e","seq":7}', frames.Since("e", 7)),
    ],
)
def test_good_frames_are_read(text, frame):
    assert codec.decode(text) == frame


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", ErrorCode.BAD_JSON),
        ("{bad", ErrorCode.BAD_JSON),
        ("[" * 15_000, ErrorCode.TOO_DEEP),
        ('{"a":' * 9 + "1" + "}" * 9, ErrorCode.TOO_DEEP),
        ("x" * (codec.MAX_BYTES + 1), ErrorCode.TOO_LARGE),
        ("x" * codec.MAX_BYTES, ErrorCode.BAD_JSON),
        ('"' + "é" * (codec.MAX_BYTES // 2) + '"', ErrorCode.TOO_LARGE),
        ("[]", ErrorCode.NOT_AN_OBJECT),
        ("null", ErrorCode.NOT_AN_OBJECT),
        ('"x"', ErrorCode.NOT_AN_OBJECT),
        ("7", ErrorCode.NOT_AN_OBJECT),
        ("{}", ErrorCode.UNKNOWN_TYPE),
        ('{"type":null}', ErrorCode.UNKNOWN_TYPE),
        ('{"type":["ping"]}', ErrorCode.UNKNOWN_TYPE),
        ('{"type":"__class__"}', ErrorCode.UNKNOWN_TYPE),
        ('{"type":"websocket.disconnect"}', ErrorCode.UNKNOWN_TYPE),
        ('{"type":"chat.message"}', ErrorCode.UNKNOWN_TYPE),
        ('{"type":"hello"}', ErrorCode.FORBIDDEN),
        ('{"type":"pin.placed"}', ErrorCode.FORBIDDEN),
        ('{"type":"price.changed"}', ErrorCode.FORBIDDEN),
        ('{"type":"ping","x":1}', ErrorCode.BAD_FIELD),
        ('{"type":"chat.send","id":"c1"}', ErrorCode.BAD_FIELD),
        ('{"type":"chat.send","id":1,"text":"a"}', ErrorCode.BAD_FIELD),
        ('{"type":"chat.send","id":"","text":"a"}', ErrorCode.BAD_FIELD),
        ('{"type":"chat.send","id":"' + "c" * 41 + '","text":"a"}', ErrorCode.BAD_FIELD),
        ('{"type":"since","epoch":"e","seq":true}', ErrorCode.BAD_FIELD),
        ('{"type":"since","epoch":"e","seq":"7"}', ErrorCode.BAD_FIELD),
        ('{"type":"since","epoch":"e","seq":7.0}', ErrorCode.BAD_JSON),
        ('{"type":"since","epoch":"e","seq":NaN}', ErrorCode.BAD_JSON),
        ('{"type":"since","epoch":"e","seq":1e999}', ErrorCode.BAD_JSON),
        ('{"type":"since","epoch":"e","seq":9223372036854775808}', ErrorCode.BAD_JSON),
        ('{"type":"since","epoch":"e","seq":' + "9" * 10_000 + "}", ErrorCode.BAD_JSON),
        ('{"type":"ping","type":"ping"}', ErrorCode.BAD_JSON),
        ('{"type":"chat.send","id":"c1","text":"\\ud800"}', ErrorCode.BAD_TEXT),
        ('{"type":"chat.send","id":"c1","text":"a\\u0000b"}', ErrorCode.BAD_TEXT),
        ('{"type":"ping","\\ud800":"x"}', ErrorCode.BAD_TEXT),
        ('{"type":"ping"}\ud800', ErrorCode.BAD_JSON),
    ],
)
def test_bad_frames_have_their_code(text, code):
    assert code_of(text) == code


def test_a_frame_of_exactly_the_most_bytes_is_read():
    frame = '{"type":"chat.send","id":"c1","text":"%s"}'
    fits = codec.MAX_BYTES - len(frame % "")
    assert (codec.MAX_BYTES, settings.SOCKET_FRAME_BYTES) == (16_384, 16_384)
    assert codec.decode(frame % ("a" * fits)).text == "a" * fits
    assert code_of(frame % ("a" * (fits + 1))) == ErrorCode.TOO_LARGE
    # The bound is on bytes, not on characters.
    assert code_of(frame % ("a" * (fits - 1) + "é")) == ErrorCode.TOO_LARGE


def test_the_senders_id_comes_back_when_it_can_be_read():
    with pytest.raises(codec.BadFrame) as refused:
        codec.decode('{"type":"chat.send","id":"c1","txt":"a"}')
    assert refused.value.ref == "c1"
    with pytest.raises(codec.BadFrame) as refused:
        codec.decode('{"type":"chat.send","id":"' + "c" * 41 + '","txt":"a"}')
    assert refused.value.ref is None


def mangled(rng: random.Random) -> str:
    seed = rng.choice(
        [
            '{"type":"ping"}',
            '{"type":"since","epoch":"e","seq":7}',
            '{"type":"chat.send","id":"c1","text":"Is it lined?"}',
            json.dumps({"type": rng.choice(string.printable), "a": [[[{}]]]}),
        ]
    )
    kind = rng.randrange(6)
    at = rng.randrange(len(seed))
    if kind == 0:
        return seed[:at] + chr(rng.randrange(0x110000)) + seed[at + 1 :]
    if kind == 1:
        return seed[:at]
    if kind == 2:
        return seed[:at] + seed[at:] * rng.randrange(3)
    if kind == 3:
        return "".join(chr(rng.randrange(1, 0x3000)) for _ in range(rng.randrange(200)))
    if kind == 4:
        return rng.choice('[{"-0t') * rng.randrange(20_000)
    return seed.replace('"', rng.choice(["'", "", "\\"]), rng.randrange(4))


def test_no_frame_whatever_raises_anything_else():
    rng = random.Random(11)
    refused = 0
    for _ in range(FUZZ):
        try:
            codec.decode(mangled(rng))
        except codec.BadFrame:
            refused += 1
    assert refused > FUZZ // 2


def test_only_listed_frames_with_their_fields_are_built_and_sent():
    assert frames.sequenced("skip", {}, epoch="e", seq=1, at=2) == {
        "type": "skip",
        "epoch": "e",
        "seq": 1,
        "at": 2,
    }
    with pytest.raises(frames.UnknownFrame):
        frames.sequenced("hello", {}, epoch="e", seq=1, at=2)
    with pytest.raises(frames.BadField):
        frames.sequenced("event.state", {"state": 7}, epoch="e", seq=1, at=2)
    assert frames.unsequenced(frames.Error("too_fast", None)) == {
        "type": "error",
        "code": "too_fast",
        "ref": None,
    }


def test_a_frame_that_is_no_json_never_leaves_the_house():
    with pytest.raises(ValueError, match="Out of range"):
        frames.dump({"a": float("nan")})


def test_close_codes_are_come_back_or_final():
    final = {code for code in Close if not may_come_back(code)}
    assert final == {Close.ROOM_CLOSED, Close.NOT_TEXT, Close.TOO_MANY_ERRORS, Close.TOO_LARGE}


def test_a_bucket_lets_a_burst_through_and_then_ten_a_second():
    bucket = throttle.Bucket(now=0.0)
    assert [bucket.take(0.0) for _ in range(21)] == [True] * 20 + [False]
    assert [bucket.take(1.0) for _ in range(11)] == [True] * 10 + [False]


def test_holes_may_be_asked_about_every_two_seconds():
    bucket = throttle.Bucket(now=0.0, rate=throttle.SINCE_RATE, burst=1)
    assert [bucket.take(second) for second in (0.0, 1.9, 3.8, 4.0)] == [True, False, True, False]


def test_buckets_are_kept_apart_and_forgotten_when_full(monkeypatch):
    monkeypatch.setattr(throttle.Buckets, "SWEEP", 2)
    buckets = throttle.Buckets(rate=1.0, burst=2)
    assert [buckets.take("a", 0.0) for _ in range(3)] == [True, True, False]
    assert buckets.take("b", 0.0)
    assert buckets.take("c", 1.0)
    assert len(buckets) == 2  # b was full again
    assert [buckets.take("a", 1.0) for _ in range(2)] == [True, False]


def test_patience_is_over_at_the_tenth_error_of_a_minute():
    patience = throttle.Patience()
    assert [patience.is_over(float(second)) for second in range(10)] == [False] * 9 + [True]
    slow = throttle.Patience()
    assert not any(slow.is_over(second * 7.0) for second in range(30))
