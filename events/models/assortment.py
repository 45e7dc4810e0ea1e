"""Assortments: pieces that belong together for a holiday or a season, sold within their own days."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.codes import new_public_id
from events.enums import AssortmentKind
from events.models.holiday import HolidayOccurrence


class Assortment(models.Model):
    """A holiday edition, or the pieces of a season. An edition belongs to one occurrence of its holiday."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    brand = models.ForeignKey("catalog.Brand", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=AssortmentKind.choices, default=AssortmentKind.EDITION)
    holiday = models.ForeignKey(
        HolidayOccurrence, on_delete=models.PROTECT, null=True, blank=True, related_name="editions"
    )
    season = models.CharField(_("season, e.g. SS27"), max_length=20, blank=True)
    title = models.CharField(max_length=120)
    story = models.TextField(blank=True)
    packaging = models.TextField(_("how it is wrapped"), blank=True)
    ground = models.CharField(max_length=7, blank=True)
    ink = models.CharField(max_length=7, blank=True)
    picture = models.JSONField(_("renditions"), default=list, blank=True)
    picture_alt = models.CharField(max_length=160, blank=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["-opens_at", "pk"]
        verbose_name = _("assortment")
        verbose_name_plural = _("assortments")
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="assortment_closes_later"),
            models.CheckConstraint(
                condition=~Q(kind="edition") | Q(holiday__isnull=False), name="edition_has_its_holiday"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AssortmentPiece(models.Model):
    """One product of an assortment. `based_on` is the standing piece an edition was made from."""

    assortment = models.ForeignKey(Assortment, on_delete=models.CASCADE, related_name="pieces")
    product = models.OneToOneField("catalog.Product", on_delete=models.PROTECT, related_name="+")
    based_on = models.ForeignKey(
        "catalog.Product", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["assortment", "position", "pk"]
        verbose_name = _("piece of an assortment")
        verbose_name_plural = _("pieces of assortments")

    def __str__(self) -> str:
        return f"{self.product} · {self.assortment}"
