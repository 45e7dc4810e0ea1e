"""What can go wrong with events, told to people by code."""

from collections.abc import Sequence


class EventError(Exception):
    """Base of the family; `code` is stable and is what clients switch on."""

    code = "event_error"
    status = 409

    def __init__(self, *args: object, field: str = "") -> None:
        super().__init__(*args)
        self.field = field

    @property
    def fields(self) -> dict[str, list[str]]:
        """The input that was wrong and why, as the API tells it; empty when it was none in particular."""
        return {self.field: [str(self)]} if self.field else {}


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


class SegmentConflict(EventError):
    """The segments cannot take this change; the message says why."""

    code = "segment_conflict"


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


class BadTerms(EventError):
    """The terms offered to a host cannot stand; `field` names the one, the message says what to write."""

    code = "bad_terms"
    status = 400


class NeedsConfirmation(EventError):
    """Something speaks against it; the same call with `confirmed` goes through. `reasons` says what."""

    code = "needs_confirmation"

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = list(reasons)


class EngagementClosed(EventError):
    """The invitation was answered, withdrawn or replaced already; the message says which."""

    code = "engagement_closed"


class TermsFrozen(EventError):
    """A host was promised other terms; they change by a new invitation only."""

    code = "terms_frozen"


class NotHosting(EventError):
    """The person is not a host of this show, or is one already."""

    code = "not_hosting"


class NotInvited(EventError):
    """The invitation is somebody else's."""

    code = "not_invited"
    status = 403


class BadVetting(EventError):
    """The check cannot be closed like this; the message says what is open."""

    code = "bad_vetting"
    status = 400


class CannotTakeBack(EventError):
    """The change cannot be undone: something was built on it, was shown or agreed to."""

    code = "cannot_take_back"


class ReviewRefused(EventError):
    """This step of the review is not possible now, or not for this person; the message says why."""

    code = "review_refused"


class BadSeries(EventError):
    """The rule of a series gives no dates, too many, or dates that do not exist."""

    code = "bad_series"
    status = 400


class BadAssortment(EventError):
    """The assortment cannot be like this; `field` names what is wrong, the message says how it could be."""

    code = "bad_assortment"
    status = 400

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field

    @property
    def fields(self) -> dict[str, list[str]]:
        """What was wrong, for the API's `fields`."""
        return {self.field: [str(self)]}


class BadProfile(EventError):
    """What a host wrote about themselves cannot stand; `field` names the input."""

    code = "bad_profile"
    status = 400


class ReminderTooLate(EventError):
    """The moment of this reminder has passed, or the show is no longer to come."""

    code = "reminder_too_late"


class ReminderNeedsAddress(EventError):
    """There is nowhere to send it: no account for a mail, no browser that takes notifications."""

    code = "reminder_needs_address"
    status = 400


class WishNotShown(EventError):
    """The piece is not one of those the show has announced."""

    code = "wish_not_shown"
    status = 404


class BadTrailer(EventError):
    """The file cannot be the trailer; the message says what can."""

    code = "bad_trailer"
    status = 400


class BadDay(EventError):
    """A brand's day or a moved holiday cannot be like this; `field` names what is wrong."""

    code = "bad_day"
    status = 400

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field

    @property
    def fields(self) -> dict[str, list[str]]:
        """What was wrong, for the API's `fields`."""
        return {self.field: [str(self)]}


class BadLook(EventError):
    """Two colours of a look cannot be told apart, or one is no colour.

    `field` names the input; `offer` is the nearest colour for it that passes, if there is one.
    """

    code = "bad_look"
    status = 400

    def __init__(self, message: str, *, field: str, offer: str = "") -> None:
        super().__init__(message, field=field)
        self.offer = offer
