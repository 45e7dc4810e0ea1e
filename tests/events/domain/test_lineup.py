from typing import Any

import pytest
from django.db.models import ProtectedError

from catalog.enums import ProductState
from events.domain import lineup
from events.errors import LineupConflict, NotEditable
from events.models import Event, LineupItem
from events.signals import lineup_changed
from tests.factories.catalog import make_product
from tests.factories.events import NOW, make_event, make_lineup_item, make_ready_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard() -> Any:
    events: list[Event] = []

    def listen(*, event: Event, **_signal: Any) -> None:
        events.append(event)

    lineup_changed.connect(listen)
    yield events
    lineup_changed.disconnect(listen)


def names(event: Event) -> list[tuple[int, str, int]]:
    return [(item.position, item.product.name, item.planned_second) for item in event.lineup.all()]


def three(state: str = "draft") -> Event:
    event = make_event(state=state)
    for name in "ABC":
        make_lineup_item(event, product=make_product(brand=event.brand, name=name))
    return event


def test_a_piece_follows_the_last_by_five_minutes(heard: list[Event]) -> None:
    event = make_event()
    first = lineup.add_item(event, make_product(brand=event.brand), now=NOW, talking_points="By hand.")
    second = lineup.add_item(event, make_product(brand=event.brand), now=NOW)
    assert [(i.position, i.planned_second, i.talking_points) for i in (first, second)] == [
        (1, 0, "By hand."),
        (2, 300, ""),
    ]
    assert heard == [event, event]


def test_foreign_unsold_and_listed_products_are_refused() -> None:
    event = make_event()
    mine = make_product(brand=event.brand)
    lineup.add_item(event, mine, now=NOW)
    draft = make_product(brand=event.brand, state=ProductState.DRAFT)
    for product in (make_product(), draft, mine):
        with pytest.raises(LineupConflict):
            lineup.add_item(event, product, now=NOW)
    assert event.lineup.count() == 1


def test_moving_changes_places_and_leaves_the_times(heard: list[Event]) -> None:
    event = three()
    lineup.move_item(event.lineup.get(position=3), steps=-1, now=NOW)
    assert names(event) == [(1, "A", 0), (2, "C", 300), (3, "B", 600)]
    lineup.move_item(event.lineup.get(position=1), steps=9, now=NOW)
    assert names(event) == [(1, "C", 0), (2, "B", 300), (3, "A", 600)]
    assert heard == [event, event]


def test_reordering_needs_every_piece_once() -> None:
    event = three()
    order = [item.public_id for item in event.lineup.all()]
    lineup.reorder(event, order[::-1], now=NOW)
    assert [name for _place, name, _second in names(event)] == ["C", "B", "A"]
    for wrong in (order[:2], [*order, order[0]], [*order[:2], "nothing"]):
        with pytest.raises(LineupConflict):
            lineup.reorder(event, wrong, now=NOW)


def test_editing_keeps_the_place(heard: list[Event]) -> None:
    event = three()
    item = event.lineup.get(position=2)
    lineup.edit_item(item, planned_second=77, talking_points="Slowly.", now=NOW)
    item.refresh_from_db()
    assert (item.position, item.planned_second, item.talking_points, heard) == (2, 77, "Slowly.", [event])


def test_removing_closes_the_gap() -> None:
    event = three()
    lineup.remove_item(event.lineup.get(position=1), now=NOW)
    assert names(event) == [(1, "B", 300), (2, "C", 600)]


def test_a_pinned_piece_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    event = three(state="live")
    item = event.lineup.get(position=1)

    # The app above holds pins on the piece; the database then refuses the deletion like this.
    def refuse(self: LineupItem, *args: object, **kwargs: object) -> None:
        raise ProtectedError("pinned", set())

    monkeypatch.setattr(LineupItem, "delete", refuse)
    with pytest.raises(LineupConflict):
        lineup.remove_item(item, now=NOW)
    assert event.lineup.count() == 3


@pytest.mark.parametrize("state", ["ended", "replay"])
def test_what_was_shown_stays_as_it_was_shown(state: str) -> None:
    event = make_ready_event(state=state)
    item = event.lineup.first()
    assert item is not None
    writes = [
        lambda: lineup.add_item(event, make_product(brand=event.brand), now=NOW),
        lambda: lineup.edit_item(item, planned_second=1, talking_points="", now=NOW),
        lambda: lineup.move_item(item, steps=1, now=NOW),
        lambda: lineup.remove_item(item, now=NOW),
    ]
    for write in writes:
        with pytest.raises(NotEditable):
            write()


def test_a_stale_page_cannot_change_the_past() -> None:
    event = make_ready_event(state="live")
    Event.objects.filter(pk=event.pk).update(state="ended")
    assert event.state == "live"
    with pytest.raises(NotEditable):
        lineup.add_item(event, make_product(brand=event.brand), now=NOW)
