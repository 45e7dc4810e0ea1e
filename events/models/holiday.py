"""Occurrences of holidays, materialised from the rules in `events.holidays`."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HolidayOccurrence(models.Model):
    """One holiday on its days in one market. `key` names the holiday in `events/holidays/data.toml`."""

    key = models.SlugField(max_length=40)
    market = models.CharField(_("ISO 3166 market"), max_length=2)
    starts_on = models.DateField()
    ends_on = models.DateField()
    tentative = models.BooleanField(_("may move by a day"), default=False)

    class Meta:
        ordering = ["starts_on", "key", "market"]
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        constraints = [
            models.UniqueConstraint(fields=["key", "market", "starts_on"], name="occurrence_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="occurrence_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.starts_on.year} {self.market}"
