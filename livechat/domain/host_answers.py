"""What a host answered in rooms anybody may enter: the rows behind the number on their profile."""

from collections.abc import Collection

from django.db.models import Count, QuerySet

from events.enums import EventState
from events.models import Host
from livechat.models import Question


def answered_by(host: Host, *, categories: Collection[str] | None = None) -> QuerySet[Question]:
    """Questions the host answered in words or on the air, the newest first; with `categories` those about
    pieces of these. The rehearsal crowd's are not among them, nor what the room does not see."""
    if host.user_id is None:
        return Question.objects.none()
    told = Question.objects.filter(
        answered_by=host.user_id, state=Question.State.ANSWERED, hidden=False, rehearsal=False
    ).exclude(room__event__state=EventState.DRAFT)
    if categories is not None:
        told = told.filter(product__category__in=categories)
    return told.select_related("product", "room__event").order_by("-answered_at", "-pk")


def count_by_category(host: Host) -> list[tuple[str, int]]:
    """How many they answered, by the category of the piece. One query."""
    rows = answered_by(host).order_by().values_list("product__category")
    return list(rows.annotate(n=Count("pk")).order_by("product__category"))
