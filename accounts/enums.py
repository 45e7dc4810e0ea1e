"""The closed lists that accounts shares with the apps above it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person may do for one brand; `catalog.Membership` carries it. Viewer is having none."""

    PRODUCER = "producer", _("Producer")
    MERCHANDISER = "merchandiser", _("Merchandiser")
    LEAD = "lead", _("Lead moderator")
    MODERATOR = "moderator", _("Moderator")
    AGENT = "agent", _("Care agent")
    HOST = "host", _("Host")
