"""The back office of hosts, holidays and shows. Shows are planned in the studio, not here."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.widgets import UnfoldAdminFileFieldWidget

from accounts.admin import KeptForGood, LookOnly, LookOnlyInline
from catalog.domain.images import render_image
from catalog.errors import BadImage
from events.models import (
    Event,
    EventHost,
    EventLook,
    EventStaff,
    HolidayOccurrence,
    Host,
    HostEvidence,
    HostFollow,
    LineupItem,
    Niche,
    StateChange,
    Stream,
)


@admin.register(HolidayOccurrence)
class HolidayOccurrenceAdmin(LookOnly):
    list_display = ("key", "market", "starts_on", "ends_on", "tentative")
    list_filter = ("market", "tentative", "key")
    search_fields = ("key",)
    date_hierarchy = "starts_on"


@admin.register(Niche)
class NicheAdmin(ModelAdmin):
    list_display = ("name", "slug")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}


class HostEvidenceInline(TabularInline):
    model = HostEvidence
    extra = 0


class HostForm(forms.ModelForm):
    """The portrait is uploaded; its renditions are made by the picture pipeline."""

    picture = forms.FileField(label=_("New portrait"), required=False, widget=UnfoldAdminFileFieldWidget)

    class Meta:
        model = Host
        exclude = ("portrait",)  # noqa: DJ006 - every other column is the editor's

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if upload := data.get("picture"):
            try:
                self.instance.portrait = render_image(upload.read()).renditions
            except BadImage as refused:
                self.add_error("picture", str(refused))
        return data


@admin.register(Host)
class HostAdmin(KeptForGood):
    form = HostForm
    list_display = ("name", "headline", "user", "slug")
    list_filter = ("niches",)
    list_select_related = ("user",)
    search_fields = ("name", "slug", "user__email")
    autocomplete_fields = ("user", "niches")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (HostEvidenceInline,)


class EventHostInline(LookOnlyInline):
    model = EventHost
    fields = ("host", "share", "position")


class LineupInline(LookOnlyInline):
    model = LineupItem
    fields = ("position", "product", "planned_second", "talking_points")


class EventStaffInline(TabularInline):
    model = EventStaff
    extra = 0
    autocomplete_fields = ("user",)


class StateChangeInline(LookOnlyInline):
    model = StateChange
    fields = ("at", "before", "after", "by")


@admin.register(Event)
class EventAdmin(KeptForGood):
    """Who works on a show may be changed here; its plan and its state belong to the studio."""

    list_display = ("title", "brand", "state", "starts_at", "ends_at", "currency")
    list_filter = ("state", "brand", "currency")
    list_select_related = ("brand",)
    search_fields = ("title", "slug", "public_id")
    date_hierarchy = "starts_at"
    readonly_fields = (
        "slug",
        "brand",
        "holiday",
        "title",
        "summary",
        "currency",
        "time_zone",
        "starts_at",
        "ends_at",
        "state",
        "went_live_at",
        "ended_at",
    )
    fields = readonly_fields
    inlines = (EventStaffInline, EventHostInline, LineupInline, StateChangeInline)

    def has_add_permission(self, request: Any) -> bool:
        return False


@admin.register(EventLook)
class EventLookAdmin(LookOnly):
    """Changed in the studio, where what cannot be read is refused."""

    list_display = ("event", "ground", "writing", "accent", "stage", "glow", "type_accent", "backdrop")
    list_filter = ("type_accent", "backdrop")
    list_select_related = ("event",)
    search_fields = ("event__title",)


@admin.register(EventStaff)
class EventStaffAdmin(ModelAdmin):
    list_display = ("user", "role", "event")
    list_filter = ("role",)
    list_select_related = ("user", "event")
    search_fields = ("user__email", "event__title")
    autocomplete_fields = ("user", "event")


@admin.register(StateChange)
class StateChangeAdmin(LookOnly):
    list_display = ("event", "before", "after", "by", "at")
    list_filter = ("after",)
    list_select_related = ("event", "by")
    search_fields = ("event__title",)


@admin.register(EventHost)
class EventHostAdmin(LookOnly):
    list_display = ("event", "host", "share", "position")
    list_select_related = ("event", "host")
    search_fields = ("event__title", "host__name")


@admin.register(LineupItem)
class LineupItemAdmin(LookOnly):
    list_display = ("event", "position", "product", "planned_second")
    list_select_related = ("event", "product")
    search_fields = ("event__title", "product__name")


@admin.register(HostFollow)
class HostFollowAdmin(LookOnly):
    list_display = ("at", "host", "user")
    list_select_related = ("host", "user")
    search_fields = ("host__name", "user__email")


@admin.register(HostEvidence)
class HostEvidenceAdmin(ModelAdmin):
    list_display = ("host", "niche", "kind", "statement", "year")
    list_filter = ("kind", "niche")
    list_select_related = ("host", "niche")
    search_fields = ("host__name", "statement")
    autocomplete_fields = ("host", "niche")


@admin.register(Stream)
class StreamAdmin(LookOnly):
    """The key's fingerprint is left out: nobody needs to read it."""

    list_display = ("event", "state", "drawn", "started_at", "lost_at")
    list_filter = ("state", "drawn")
    list_select_related = ("event",)
    search_fields = ("event__title", "public_id")
    fields = ("event", "public_id", "state", "drawn", "started_at", "lost_at")
