"""What can go wrong with events, told to people by code."""

from collections.abc import Sequence


class EventError(Exception):
    """Base of the family; `code` is stable and is what clients switch on."""

    code = "event_error"
    status = 409


class NotAllowed(EventError):
    """The state machine has no such step from here; the message names what is possible."""

    code = "state_not_allowed"


class NotReady(EventError):
    """The event lacks something it needs for this step; `reasons` says what, one sentence each."""

    code = "not_ready"

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = list(reasons)


class NotEditable(EventError):
    """The show is over: what was planned and shown stays as it was."""

    code = "not_editable"


class EditConflict(EventError):
    """Somebody else saved meanwhile; nothing was overwritten."""

    code = "edit_conflict"


class LineupConflict(EventError):
    """The line-up cannot take this change; the message says why."""

    code = "lineup_conflict"


class BadShares(EventError):
    """The hosts' shares are not a split of the whole credit."""

    code = "bad_shares"
    status = 400


class BadTime(EventError):
    """The wall-clock time does not exist in that zone, or the zone does not exist."""

    code = "bad_time"
    status = 400


class UnknownMarket(EventError):
    """No holidays are kept for that market, or the year is outside the tables."""

    code = "unknown_market"
    status = 400


class BadStreamKey(EventError):
    """The publisher's key is not the one of a stream that may publish now."""

    code = "bad_stream_key"
    status = 403
