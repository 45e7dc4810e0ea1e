"""Choosing a host: what staff checked, and what was agreed for one show."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.codes import new_public_id
from events.enums import EngagementState, RefundRule, Risk, VettingState
from events.models.event import Event
from events.models.host import Host


class Engagement(models.Model):
    """A host's work for one show: the invitation, the answer and the terms. Never deleted, so what was earned
    under it can be read after the host has been replaced.

    `commission` maps a product category to basis points of the net amount, `*` being all others;
    `floor_amount` is guaranteed, in minor units of `floor_currency`.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="engagements")
    host = models.ForeignKey(Host, on_delete=models.PROTECT, related_name="engagements")
    state = models.CharField(max_length=10, choices=EngagementState.choices, default=EngagementState.INVITED)
    share = models.PositiveSmallIntegerField(_("share of the credit in basis points"), default=10_000)
    commission = models.JSONField(default=dict, blank=True)
    floor_amount = models.BigIntegerField(default=0)
    floor_currency = models.CharField(max_length=3, blank=True)
    refund_rule = models.CharField(max_length=8, choices=RefundRule.choices, default=RefundRule.REVERSE)
    disclosure = models.TextField(_("text shown beside the picture"), blank=True)
    message = models.TextField(_("words to the host"), blank=True)
    answer = models.TextField(_("words of the host"), blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["event", "pk"]
        verbose_name = _("engagement")
        verbose_name_plural = _("engagements")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "host"],
                condition=Q(state__in=["invited", "accepted"]),
                name="engagement_one_open",
            ),
            models.CheckConstraint(condition=Q(floor_amount__gte=0), name="engagement_floor_not_negative"),
            models.CheckConstraint(condition=Q(share__lte=10_000), name="engagement_share_at_most_all"),
        ]

    def __str__(self) -> str:
        return f"{self.host} · {self.event} · {self.get_state_display()}"


class Vetting(models.Model):
    """One brand's check of one host. Seen by the brand's staff only, never by the host or the public."""

    host = models.ForeignKey(Host, on_delete=models.CASCADE, related_name="vettings")
    brand = models.ForeignKey("catalog.Brand", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=VettingState.choices, default=VettingState.OPEN)
    notes = models.TextField(_("risk notes"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["host", "brand"]
        verbose_name = _("vetting")
        verbose_name_plural = _("vettings")
        constraints = [models.UniqueConstraint(fields=["host", "brand"], name="vetting_once")]

    def __str__(self) -> str:
        return f"{self.host} · {self.brand} · {self.get_state_display()}"


class VettingCheck(models.Model):
    """One point of the checklist: what was looked at, what was found."""

    vetting = models.ForeignKey(Vetting, on_delete=models.CASCADE, related_name="checks")
    key = models.SlugField(max_length=40)
    risk = models.CharField(max_length=4, choices=Risk.choices, blank=True)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["vetting", "pk"]
        verbose_name = _("vetting check")
        verbose_name_plural = _("vetting checks")
        constraints = [models.UniqueConstraint(fields=["vetting", "key"], name="vetting_check_once")]

    def __str__(self) -> str:
        return f"{self.vetting} · {self.key}"
