"""The closed lists of events."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EventState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Scheduled")
    REHEARSAL = "rehearsal", _("Rehearsal")
    LIVE = "live", _("Live")
    ENDED = "ended", _("Ended")
    REPLAY = "replay", _("Replay")
    CANCELLED = "cancelled", _("Cancelled")


# Nothing of such a show may be edited any more.
OVER = (EventState.ENDED, EventState.REPLAY, EventState.CANCELLED)
# What was on the air.
PAST = (EventState.ENDED, EventState.REPLAY)


class StreamState(models.TextChoices):
    """What the picture does. `lost` is a feed that dropped: viewers see the slate, chat and shop go on."""

    IDLE = "idle", _("No picture yet")
    LIVE = "live", _("On air")
    LOST = "lost", _("Back in a moment")
    ENDED = "ended", _("Off air")


class StaffRole(models.TextChoices):
    PRODUCER = "producer", _("Producer")
    LEAD = "lead", _("Lead moderator")
    MODERATOR = "moderator", _("Moderator")
    AGENT = "agent", _("Care agent")


class EvidenceKind(models.TextChoices):
    CREDENTIAL = "credential", _("Credential")
    YEARS = "years", _("Years in the field")
    WORK = "work", _("Published work")
    SHOW = "show", _("Shows given")
    ANSWER = "answer", _("Questions answered")


class AssortmentKind(models.TextChoices):
    """Which pieces belong together: made for a holiday, this season's, or a past season's."""

    EDITION = "edition", _("Holiday edition")
    NEW_SEASON = "new", _("New season")
    OFF_SEASON = "off", _("Off season")


class EngagementState(models.TextChoices):
    """Where a host's work for one show stands."""

    INVITED = "invited", _("Invited")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REPLACED = "replaced", _("Replaced")


class RefundRule(models.TextChoices):
    """What a refund does to the host's commission."""

    REVERSE = "reverse", _("A refund takes its commission back")
    KEEP_AFTER = "keep", _("Commission stays after the return window")


class TieKind(models.TextChoices):
    """How a host is bound to a brand."""

    AMBASSADOR = "ambassador", _("Ambassador")
    PAID = "paid", _("Paid work")
    GIFT = "gift", _("Gifts")
    EMPLOYEE = "employee", _("Employed there")
    OWNER = "owner", _("Owns a part")


class VettingState(models.TextChoices):
    OPEN = "open", _("Being checked")
    CLEARED = "cleared", _("Cleared")
    REFUSED = "refused", _("Not to be invited")


class Risk(models.TextChoices):
    NONE = "none", _("None seen")
    LOW = "low", _("Low")
    HIGH = "high", _("High")


class ReviewState(models.TextChoices):
    """Whether somebody else has looked at the plan."""

    NONE = "none", _("Not asked for")
    ASKED = "asked", _("In review")
    CHANGES = "changes", _("Changes wanted")
    APPROVED = "approved", _("Approved")


class ReviewStep(models.TextChoices):
    COMMENT = "comment", _("Comment")
    ASK = "ask", _("Asked for review")
    APPROVE = "approve", _("Approved")
    CHANGES = "changes", _("Wants changes")
    REOPEN = "reopen", _("Reopened by a change")


class ChecklistKind(models.TextChoices):
    """A day of the lead-time plan, or a task somebody wrote down."""

    TEASE = "tease", _("Tease")
    PRESALE = "presale", _("Presale")
    SHOW = "show", pgettext_lazy("a live show", "Show")
    LAST_DISPATCH = "dispatch", _("Last dispatch")
    TASK = "task", _("Task")


class Channel(models.TextChoices):
    EMAIL = "email", _("E-mail")
    PUSH = "push", _("Notification")


class ReminderLead(models.IntegerChoices):
    """Minutes before the start."""

    DAY = 1440, _("24 hours before")
    HOUR = 60, _("1 hour before")
    NOW = 5, _("5 minutes before")


class TypeAccent(models.TextChoices):
    """How a show's titles are set; faces of the house only."""

    ROMAN = "roman", _("Roman")
    LIGHT = "light", _("Light")
    BLACK = "black", _("Black")
    ITALIC = "italic", _("Italic")
    CAPITALS = "capitals", _("Capitals")
    SEAL = "seal", _("Seal")


class Backdrop(models.TextChoices):
    """Patterns a show may lie on, drawn by `events.drawing.backdrops`."""

    NONE = "none", _("None")
    SNOW = "snow", _("Snow")
    STARS = "stars", _("Stars")
    LATTICE = "lattice", _("Lattice")
    WAVES = "waves", _("Waves")
    LAMPS = "lamps", _("Lamps")
    LINES = "lines", _("Lines")
    PETALS = "petals", _("Petals")
