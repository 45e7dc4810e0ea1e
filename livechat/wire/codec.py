"""From bytes on a socket to a frame, refusing everything that is not exactly one of ours.

Size and depth are looked at before the text is parsed, so that no input can make the parser expensive.
"""

import json
import re
from typing import Any, NoReturn

from livechat.wire import frames
from livechat.wire.codes import ErrorCode

MAX_BYTES = 16 * 1024
MAX_DEPTH = 8
MAX_INTEGER = 2**53 - 1
MAX_REF = 40
STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
BRACKETS = re.compile(r"[\[\]{}]")
SURROGATE_OR_NUL = re.compile("[\ud800-\udfff\x00]")


class BadFrame(ValueError):
    """The frame costs its sender an `error` frame with `code`; `ref` is the sender's id when it had one."""

    def __init__(self, code: ErrorCode, ref: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.ref = ref


def decode(text: str) -> Any:
    """Parse one client frame. Raises BadFrame and nothing else, whatever the input."""
    _check_size(text)
    _check_depth(text)
    message = _parse(text)
    if type(message) is not dict:
        raise BadFrame(ErrorCode.NOT_AN_OBJECT)
    ref = _ref(message)
    _check_values(message, ref)
    type_ = message.pop("type", None)
    if "id" in message and ref is None:
        raise BadFrame(ErrorCode.BAD_FIELD)
    try:
        return frames.build(frames.FROM_CLIENT, type_, message)
    except frames.UnknownFrame:
        raise BadFrame(_unknown(type_), ref) from None
    except frames.BadField:
        raise BadFrame(ErrorCode.BAD_FIELD, ref) from None


def _unknown(type_: object) -> ErrorCode:
    """A frame we know but only the server says is an attempt to pin or to speak as the server."""
    ours = isinstance(type_, str) and (type_ in frames.SEQUENCED or type_ in frames.UNSEQUENCED)
    return ErrorCode.FORBIDDEN if ours else ErrorCode.UNKNOWN_TYPE


def _check_size(text: str) -> None:
    # A character is at least one byte: no need to encode what is too long anyway.
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise BadFrame(ErrorCode.TOO_LARGE)


def _check_depth(text: str) -> None:
    depth = 0
    for bracket in BRACKETS.findall(STRING.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        if depth > MAX_DEPTH:
            raise BadFrame(ErrorCode.TOO_DEEP)


def _parse(text: str) -> Any:
    try:
        return json.loads(
            text, parse_constant=_refuse, parse_float=_refuse, parse_int=_integer, object_pairs_hook=_object
        )
    except (ValueError, RecursionError):
        raise BadFrame(ErrorCode.BAD_JSON) from None


def _refuse(text: str) -> NoReturn:
    raise ValueError(text[:20])


def _integer(text: str) -> int:
    if len(text) > len(str(MAX_INTEGER)) + 1 or abs(int(text)) > MAX_INTEGER:
        raise ValueError("integer out of range")
    return int(text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _ref(message: dict[str, Any]) -> str | None:
    ref = message.get("id")
    usable = isinstance(ref, str) and 0 < len(ref) <= MAX_REF and not SURROGATE_OR_NUL.search(ref)
    return ref if usable else None


def _check_values(message: dict[str, Any], ref: str | None) -> None:
    """Lone surrogates cannot be sent on and NUL cannot be stored everywhere: both are refused alike."""
    for key, value in message.items():
        if SURROGATE_OR_NUL.search(key) or (isinstance(value, str) and SURROGATE_OR_NUL.search(value)):
            raise BadFrame(ErrorCode.BAD_TEXT, ref)
