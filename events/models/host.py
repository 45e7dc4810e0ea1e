"""Hosts: key opinion leaders, known by what they know."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.codes import new_public_id
from events.enums import EvidenceKind, TieKind


class Niche(models.Model):
    """A field of expertise, e.g. `vintage-watches`."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    names = models.JSONField(_("name per language"), default=dict, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    categories = models.JSONField(_("product categories it speaks about"), default=list, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("niche")
        verbose_name_plural = _("niches")

    def __str__(self) -> str:
        return self.name


class Host(models.Model):
    """A host's public profile; `user` is the account that may run the console."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=80)
    headline = models.CharField(max_length=140)
    story = models.TextField(blank=True)
    cause = models.CharField(_("what they stand for"), max_length=200, blank=True)
    languages = models.JSONField(_("BCP 47 tags"), default=list)
    markets = models.JSONField(_("ISO 3166 markets they speak to"), default=list, blank=True)
    time_zone = models.CharField(_("IANA zone they live in"), max_length=64, default="UTC")
    disclosure = models.TextField(_("ties to brands"), blank=True)
    portrait = models.JSONField(_("renditions"), default=list, blank=True)
    niches = models.ManyToManyField(Niche, related_name="+", blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("host")
        verbose_name_plural = _("hosts")

    def __str__(self) -> str:
        return self.name


class HostFollow(models.Model):
    """A person wants to know when this host is on."""

    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="follows")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by_email = models.BooleanField(_("told of new shows by e-mail"), default=True)
    by_push = models.BooleanField(_("told of new shows by notification"), default=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = [models.UniqueConstraint(fields=["host", "user"], name="host_followed_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.host}"


class HostEvidence(models.Model):
    """Why a host is believed in a niche: one checkable statement."""

    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="evidence")
    niche = models.ForeignKey(Niche, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=EvidenceKind.choices)
    statement = models.CharField(max_length=200)
    source = models.CharField(max_length=200, blank=True)
    url = models.CharField(_("address where it can be checked"), max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    checked_at = models.DateTimeField(_("when staff checked it"), null=True, blank=True)

    class Meta:
        ordering = ["host", "niche", "pk"]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")

    def __str__(self) -> str:
        return self.statement


class HostTie(models.Model):
    """A bond between a host and a brand, disclosed on the profile. `brand_name` names one outside the shop.

    An exclusive tie keeps the host from other brands in its `categories` (empty: all) while it lasts.
    """

    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="ties")
    brand = models.ForeignKey(
        "catalog.Brand", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    brand_name = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=12, choices=TieKind.choices)
    categories = models.JSONField(default=list, blank=True)
    exclusive = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["host", "-since", "pk"]
        verbose_name = _("tie to a brand")
        verbose_name_plural = _("ties to brands")

    def __str__(self) -> str:
        return f"{self.host} · {self.get_kind_display()} · {self.brand or self.brand_name}"


class HostAway(models.Model):
    """Days a host cannot work, both included, on their own clock."""

    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="away")
    starts_on = models.DateField()
    ends_on = models.DateField()
    note = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["host", "starts_on"]
        verbose_name = _("days away")
        verbose_name_plural = _("days away")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="away_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.host} {self.starts_on} – {self.ends_on}"


class Credibility(models.Model):
    """What the platform saw of a host in a niche, computed by the layers above; never from followers.

    `score` and `confidence` are basis points; `inputs` holds every measure with its numerator, denominator
    and weight, so that the figure can be followed back to its rows.
    """

    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="credibility")
    niche = models.ForeignKey(Niche, on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField()
    confidence = models.PositiveSmallIntegerField()
    inputs = models.JSONField(default=dict)
    formula = models.CharField(_("version of the formula"), max_length=12)
    computed_at = models.DateTimeField()

    class Meta:
        ordering = ["host", "niche"]
        verbose_name = _("credibility")
        verbose_name_plural = _("credibility")
        constraints = [models.UniqueConstraint(fields=["host", "niche"], name="credibility_once")]

    def __str__(self) -> str:
        return f"{self.host} · {self.niche}: {self.score}"
