"""Occurrences of holidays, materialised from the rules in `events.holidays`."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.holidays import HolidayInfo, load, own_info


class HolidayOccurrence(models.Model):
    """One holiday on its days in one market. `key` names the holiday in `events/holidays/data/`."""

    key = models.SlugField(max_length=40)
    market = models.CharField(_("ISO 3166 market"), max_length=2)
    starts_on = models.DateField()
    ends_on = models.DateField()
    tentative = models.BooleanField(_("may move by a day"), default=False)
    own_day = models.ForeignKey(
        "events.OwnDay",
        verbose_name=_("the brand's day, when no rule of the house gives it"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="occurrences",
        editable=False,
    )

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

    @property
    def info(self) -> HolidayInfo | None:
        """What the day is called and looks like; None when neither the house nor a brand knows its key."""
        known = load().get(self.key)
        if known is None and self.own_day is not None:
            return self.own_day.info
        return known


class OwnDay(models.Model):
    """A day a brand made its own, e.g. the founder's birthday; a rule of `events.holidays.rules` dates it."""

    brand = models.ForeignKey("catalog.Brand", on_delete=models.CASCADE, related_name="+")
    key = models.SlugField(max_length=40, unique=True)
    names = models.JSONField(_("name per language, `en` always"), default=dict)
    greetings = models.JSONField(_("greeting per language"), default=dict, blank=True)
    ground = models.CharField(max_length=7, default="#17130F")
    ink = models.CharField(max_length=7, default="#F4EEDC")
    markets = models.JSONField(_("ISO 3166 markets"), default=list)
    rule = models.JSONField(_("rule name and its values, as in data.toml"), default=dict)
    days = models.PositiveSmallIntegerField(default=1)
    note = models.TextField(_("what it means, and what to avoid"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["brand", "key"]
        verbose_name = _("day of a brand")
        verbose_name_plural = _("days of brands")

    def __str__(self) -> str:
        return self.names.get("en", self.key)

    @property
    def info(self) -> HolidayInfo:
        """The day in the shape of the house's own holidays."""
        return own_info(
            self.key,
            names=self.names,
            greetings=self.greetings,
            colours=(self.ground, self.ink),
            markets=self.markets,
            rule=self.rule,
            days=self.days,
            note=self.note,
        )


class MovedDay(models.Model):
    """One occurrence that is kept on other days than its rule says; without a brand it holds for everybody.

    `rule_date` is the first day the rule gives; `starts_on` empty means the day is not kept that year.
    """

    brand = models.ForeignKey(
        "catalog.Brand", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    key = models.SlugField(max_length=40)
    market = models.CharField(_("ISO 3166 market"), max_length=2)
    rule_date = models.DateField(_("first day by the rule"))
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    reason = models.CharField(_("source or reason"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["rule_date", "key", "market"]
        verbose_name = _("moved day")
        verbose_name_plural = _("moved days")
        constraints = [
            models.UniqueConstraint(
                fields=["brand", "key", "market", "rule_date"], name="moved_day_once_per_brand"
            ),
            models.UniqueConstraint(
                fields=["key", "market", "rule_date"],
                condition=models.Q(brand__isnull=True),
                name="moved_day_once_for_all",
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True, ends_on__isnull=True)
                | models.Q(starts_on__isnull=False, ends_on__gte=models.F("starts_on")),
                name="moved_day_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.market} {self.rule_date} → {self.starts_on}"
