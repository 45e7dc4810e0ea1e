"""The closed lists of the catalogue."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProductState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ACTIVE = "active", _("On sale")
    ARCHIVED = "archived", _("Archived")


class HoldState(models.TextChoices):
    LIVE = "live", _("Held")
    COMMITTED = "committed", _("Sold")
    RELEASED = "released", _("Given back")
    EXPIRED = "expired", _("Expired")
