"""What can go wrong with events, told to people by code."""


class EventError(Exception):
    """Base of the family; `code` is stable and is what clients switch on."""

    code = "event_error"


class NotAllowed(EventError):
    """The state machine has no such step from here; the message names what is possible."""

    code = "state_not_allowed"


class NotReady(EventError):
    """The event lacks something it needs for this step; the message says what."""

    code = "not_ready"


class BadStreamKey(EventError):
    """The publisher's key is not the one of a stream that may publish now."""

    code = "bad_stream_key"
