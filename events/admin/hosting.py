"""The back office of choosing hosts: written in the studio, looked at here."""

from django.contrib import admin

from accounts.admin import LookOnly
from events.models import Credibility, Engagement, HostAway, HostTie, Vetting, VettingCheck


@admin.register(HostTie)
class HostTieAdmin(LookOnly):
    list_display = ("host", "kind", "brand", "brand_name", "exclusive", "since", "until")


@admin.register(HostAway)
class HostAwayAdmin(LookOnly):
    list_display = ("host", "starts_on", "ends_on")


@admin.register(Credibility)
class CredibilityAdmin(LookOnly):
    list_display = ("host", "niche", "score", "confidence", "computed_at")


@admin.register(Engagement)
class EngagementAdmin(LookOnly):
    list_display = ("host", "event", "state", "share", "invited_at", "answered_at")


@admin.register(Vetting)
class VettingAdmin(LookOnly):
    list_display = ("host", "brand", "state", "at")


@admin.register(VettingCheck)
class VettingCheckAdmin(LookOnly):
    list_display = ("vetting", "key", "risk")
