"""The back office of days, editions and plans: written in the studio, looked at here."""

from django.contrib import admin

from accounts.admin import LookOnly
from events.models import (
    Assortment,
    AssortmentPiece,
    ChecklistItem,
    MovedDay,
    OwnDay,
    ReviewNote,
    Revision,
    Segment,
    Series,
)


@admin.register(OwnDay)
class OwnDayAdmin(LookOnly):
    list_display = ("key", "brand", "days")


@admin.register(MovedDay)
class MovedDayAdmin(LookOnly):
    list_display = ("key", "market", "brand", "rule_date", "starts_on")


@admin.register(Assortment)
class AssortmentAdmin(LookOnly):
    list_display = ("title", "brand", "kind", "holiday", "opens_at", "closes_at")


@admin.register(AssortmentPiece)
class AssortmentPieceAdmin(LookOnly):
    list_display = ("product", "assortment", "based_on")


@admin.register(Segment)
class SegmentAdmin(LookOnly):
    list_display = ("title", "event", "brand", "planned_second", "planned_seconds")


@admin.register(Series)
class SeriesAdmin(LookOnly):
    list_display = ("title", "brand", "rule")


@admin.register(ChecklistItem)
class ChecklistItemAdmin(LookOnly):
    list_display = ("text", "event", "kind", "due_on", "done_at")


@admin.register(Revision)
class RevisionAdmin(LookOnly):
    list_display = ("event", "what", "version", "by", "at")


@admin.register(ReviewNote)
class ReviewNoteAdmin(LookOnly):
    list_display = ("event", "step", "by", "at")
