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


class RowState(models.TextChoices):
    """What a row of a sheet does to the shelves."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    SAME = "same", _("As it is")
    WRONG = "wrong", _("To be put right")
