"""Hosts: key opinion leaders, known by what they know."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.codes import new_public_id
from events.enums import EvidenceKind


class Niche(models.Model):
    """A field of expertise, e.g. `vintage-watches`."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)

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
    year = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["host", "niche", "pk"]
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")

    def __str__(self) -> str:
        return self.statement
