"""The closed lists of events."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Scheduled")
    REHEARSAL = "rehearsal", _("Rehearsal")
    LIVE = "live", _("Live")
    ENDED = "ended", _("Ended")
    REPLAY = "replay", _("Replay")


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
