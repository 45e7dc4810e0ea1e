"""The run of show: which product comes when. Every write tells the room inside its transaction.

Every write takes the `version` of the show its writer saw (None: whatever is newest) and raises EditConflict
when somebody saved meanwhile, NotEditable when the show is over.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from catalog.enums import ProductState
from catalog.models import Product
from events.domain.order import USUAL_SECONDS, Group, fill, gaps_of, groups_of, lay_segments, number, settle
from events.domain.plan import open_plan
from events.enums import OVER
from events.errors import LineupConflict
from events.models import Event, LineupItem, Segment
from events.signals import lineup_changed, programme_changed

__all__ = ["OVER", "USUAL_SECONDS", "add_item", "arrange", "edit_item", "move_item", "remove_item", "reorder"]
EDITABLE = {"planned_second", "talking_points", "cue", "reveal_at", "segment"}


@transaction.atomic
def add_item(
    event: Event,
    product: Product,
    *,
    now: datetime,
    planned_second: int | None = None,
    segment: Segment | None = None,
    version: int | None = None,
    **notes: object,
) -> LineupItem:
    """Append `product`, to `segment` if given; without `planned_second` it follows the piece before.

    `notes` are talking_points, cue and reveal_at. Raises LineupConflict for a product of a brand that is not
    in the show, that is not on sale or already listed.
    """
    open_plan(event, version)
    _check_product(event, product, segment)
    groups = _groups(event)
    if any(item.product_id == product.pk for group in groups for item in group.items):
        raise LineupConflict(_("This product is already in the line-up."), field="product")
    item = LineupItem(event=event, product=product, position=0, **notes)
    group = _group(groups, segment)
    _put_last(item, group, groups, planned_second)
    item.save()
    _write(event, groups, now=now)
    return item


def _put_last(item: LineupItem, group: Group, groups: list[Group], second: int | None) -> None:
    """Append a new piece to its group, at `second` if it has one there."""
    if second is None and group.segment is None:
        times = [one.planned_second for each in groups for one in each.items]
        second = max(times, default=-USUAL_SECONDS) + USUAL_SECONDS
    if second is None:
        second = fill([*(one.planned_second for one in group.items), None], group.segment)[-1]
    check_second(second, group.segment)
    item.planned_second, item.segment = second, group.segment
    group.items.append(item)


@transaction.atomic
def edit_item(
    item: LineupItem, *, now: datetime, version: int | None = None, **changes: object
) -> LineupItem:
    """Change when a piece is planned (seconds after the start), its segment, notes, or when it is revealed.

    Raises LineupConflict when the time is outside the segment or the segment is another brand's.
    """
    if unknown := changes.keys() - EDITABLE:
        raise TypeError(f"not editable: {sorted(unknown)}")
    open_plan(item.event, version)
    before = (item.segment_id, item.planned_second)
    for field, value in changes.items():
        setattr(item, field, value)
    if item.segment_id != before[0]:
        _check_product(item.event, item.product, item.segment)
        _change_group(item, asked=item.planned_second if item.planned_second != before[1] else None, now=now)
    else:
        check_second(item.planned_second, item.segment)
        item.save(update_fields=sorted(changes))
        lineup_changed.send(sender=Event, event=item.event, now=now)
    return item


def _change_group(item: LineupItem, *, asked: int | None, now: datetime) -> None:
    """The piece as the last of its new segment, at `asked` if that lies in it."""
    groups = groups_of(
        item.event.segments.all(), item.event.lineup.exclude(pk=item.pk).select_related("segment")
    )
    _put_last(item, _group(groups, item.segment), groups, asked)
    item.save()
    _write(item.event, groups, now=now)


@transaction.atomic
def move_item(item: LineupItem, *, steps: int, now: datetime, version: int | None = None) -> None:
    """Move a piece `steps` places (negative: earlier), stopping at either end.

    At the end of its segment it goes on into the next that may show it.
    """
    open_plan(item.event, version)
    groups = _groups(item.event)
    for _step in range(abs(steps)):
        _move_one(groups, item, forward=steps > 0)
    _arrange(item.event, groups, now=now)


def _move_one(groups: list[Group], item: LineupItem, *, forward: bool) -> None:
    here = next(place for place, group in enumerate(groups) if item in group.items)
    items = groups[here].items
    there = items.index(item) + (1 if forward else -1)
    if 0 <= there < len(items):
        items.remove(item)
        items.insert(there, item)
        return
    beyond = groups[here + 1 :] if forward else groups[:here][::-1]
    fits = (g for g in beyond if g.segment is None or g.segment.brand_id == item.product.brand_id)
    if target := next(fits, None):
        items.remove(item)
        target.items.insert(0 if forward else len(target.items), item)


@transaction.atomic
def remove_item(item: LineupItem, *, now: datetime, version: int | None = None) -> None:
    """Take a piece out. One that was pinned stays, for its pins rest on it (LineupConflict)."""
    event = item.event
    open_plan(event, version)
    # The piece before the room that hears of it, as pins do. A pin on its way lies or fails first.
    LineupItem.objects.select_for_update().filter(pk=item.pk).order_by("pk").first()
    try:
        item.delete()
    except ProtectedError as error:
        raise LineupConflict(_("This piece was pinned already. Move it to the end instead.")) from error
    _write(event, _groups(event), now=now)


@transaction.atomic
def reorder(event: Event, order: Sequence[str], *, now: datetime, version: int | None = None) -> None:
    """Put the line-up in the given order of item ids, each in the segment it has; times stay with the places.

    Raises LineupConflict unless `order` names every item exactly once.
    """
    open_plan(event, version)
    groups = _groups(event)
    known = {item.public_id: item for group in groups for item in group.items}
    if sorted(order) != sorted(known):
        raise LineupConflict(_changed_meanwhile())
    for group in groups:
        group.items.sort(key=lambda item: order.index(item.public_id))
    _arrange(event, groups, now=now)


@transaction.atomic
def arrange(
    event: Event,
    plan: Sequence[tuple[str, Sequence[str]]],
    *,
    now: datetime,
    version: int | None = None,
) -> None:
    """Put segments and pieces in order: pairs of a segment's id and its pieces' ids; "" holds the others.

    Raises LineupConflict unless every segment and piece is named exactly once, when a piece stands in another
    brand's segment, or when a segment that began would change its place.
    """
    open_plan(event, version)
    now_there = {group.id: group for group in _groups(event)}
    items = {item.public_id: item for group in now_there.values() for item in group.items}
    asked = [segment for segment, _items in plan if segment]
    named = [item for _segment, ids in plan for item in ids]
    if sorted(asked) != sorted(filter(None, now_there)) or sorted(named) != sorted(items):
        raise LineupConflict(_changed_meanwhile())
    loose = [item for segment, ids in plan if not segment for item in ids]
    wanted = [Group(now_there[segment].segment, [items[i] for i in ids]) for segment, ids in plan if segment]
    wanted.append(Group(None, [items[i] for i in loose]))
    _arrange(event, wanted, now=now)


def _arrange(event: Event, groups: list[Group], *, now: datetime) -> None:
    before = list(event.segments.all())
    after = [group.segment for group in groups if group.segment]
    check_begun_stay(before, after)
    for group in groups:
        for item in group.items:
            if item.segment_id != (group.segment.pk if group.segment else None):
                _check_brand(item.product, group.segment)
    if before != after:
        lay_segments(groups, gaps_of(before))
        Segment.objects.bulk_update(after, ["position", "planned_second"])
        programme_changed.send(sender=Event, event=event, now=now)
    for group in groups:
        settle(group)
    _write(event, groups, now=now)


def check_begun_stay(before: Sequence[Segment], after: Sequence[Segment]) -> None:
    """Raise LineupConflict when the order of what has been on air would change."""
    begun = max((place for place, one in enumerate(before, start=1) if one.started_at), default=0)
    if list(before[:begun]) != list(after[:begun]):
        raise LineupConflict(_("A segment that has begun keeps its place."))


def check_second(second: int, segment: Segment | None) -> None:
    """Raise LineupConflict unless the piece comes while its segment runs."""
    if segment is None:
        return
    end = segment.planned_second + segment.planned_seconds
    if not segment.planned_second <= second < end:
        raise LineupConflict(
            _("The segment runs from minute %(first)s to %(last)s. Choose a time in between.")
            % {"first": segment.planned_second // 60, "last": end // 60},
            field="planned_second",
        )


def brands_in(event: Event) -> set[int]:
    """Whose products the show may list: its own brand and those of its segments."""
    return {event.brand_id, *event.segments.values_list("brand", flat=True)}


def _check_product(event: Event, product: Product, segment: Segment | None) -> None:
    if product.brand_id not in brands_in(event):
        raise LineupConflict(
            _("This product belongs to another brand. Give that brand a segment first."), field="product"
        )
    if product.state != ProductState.ACTIVE:
        raise LineupConflict(_("This product is not on sale. Put it on sale first."), field="product")
    _check_brand(product, segment)


def _check_brand(product: Product, segment: Segment | None) -> None:
    if segment and segment.brand_id != product.brand_id:
        raise LineupConflict(
            _("“%(product)s” is not of the brand of “%(segment)s”. Choose a segment of its own brand.")
            % {"product": product.name, "segment": segment.title},
            field="segment",
        )


def _changed_meanwhile() -> str:
    return _("The line-up has changed meanwhile. Load it again.")


def _groups(event: Event) -> list[Group]:
    items = event.lineup.select_related("product", "event").order_by("position", "pk")
    return groups_of(event.segments.all(), items)


def _group(groups: list[Group], segment: Segment | None) -> Group:
    return next(group for group in groups if group.segment == segment)


def _write(event: Event, groups: list[Group], *, now: datetime) -> None:
    fields = ["position", "planned_second", "segment"]
    LineupItem.objects.bulk_update(number(groups), fields)
    lineup_changed.send(sender=Event, event=event, now=now)
