"""Close codes and error codes: the closed lists a client can rely on.

Close codes follow one split: 4000-4499 come back (with back-off, resuming by sequence number), 4500-4999 stay
away until a person did something. 1003, 1008 and 1009 keep their meaning from RFC 6455 and are final.
"""

from enum import IntEnum, StrEnum


class Close(IntEnum):
    """Why the server closes a socket."""

    RESTARTING = 4000
    TOO_OLD = 4001
    SIGNED_OUT = 4401
    SLOW_READER = 4008
    ROOM_CLOSED = 4510
    NOT_TEXT = 1003
    TOO_MANY_ERRORS = 1008
    TOO_LARGE = 1009


# 4401 is a come-back code: the page asks for a new ticket, and that request is where rights are decided.
COME_BACK = range(4000, 4500)
TERMINAL = range(4500, 5000)


def may_come_back(code: int) -> bool:
    """Whether a client that was closed with `code` should reconnect by itself."""
    return code not in TERMINAL and code not in {Close.NOT_TEXT, Close.TOO_MANY_ERRORS, Close.TOO_LARGE}


class ErrorCode(StrEnum):
    """What an `error` frame may say. Codes never change their meaning."""

    BAD_JSON = "bad_json"
    TOO_LARGE = "too_large"
    TOO_DEEP = "too_deep"
    NOT_AN_OBJECT = "not_an_object"
    UNKNOWN_TYPE = "unknown_type"
    BAD_FIELD = "bad_field"
    BAD_TEXT = "bad_text"
    FORBIDDEN = "forbidden"
    TOO_FAST = "too_fast"
    NAME_NEEDED = "name_needed"
    ACCOUNT_NEEDED = "account_needed"
    NOTHING_VISIBLE = "nothing_visible"
    TOO_LONG = "too_long"
    ROOM_CLOSED = "room_closed"
    MUTED = "muted"
    BANNED = "banned"
    SIGN_IN_FIRST = "sign_in_first"
    SLOW_MODE = "slow_mode"
    FOLLOWERS_ONLY = "followers_only"
    BUYERS_ONLY = "buyers_only"
    BLOCKED_WORDS = "blocked_words"
    NO_LINKS = "no_links"
    REPEATED = "repeated"
    NAME_RESERVED = "name_reserved"
    POLL_CLOSED = "poll_closed"
    BAD_OPTION = "bad_option"
    ALREADY_VOTED = "already_voted"
    FAILED = "failed"
