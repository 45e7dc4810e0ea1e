from collections.abc import Callable
from datetime import date, timedelta

import pytest

from accounts.models import User
from events.domain import checklist, lineup, revisions, scheduling
from events.enums import EngagementState, EventState
from events.errors import CannotTakeBack, NotEditable
from events.models import Engagement, Event, LineupItem, Revision, Segment
from livechat.domain.rooms import room_of
from tests.factories.accounts import make_user
from tests.factories.events import (
    NOW,
    make_event,
    make_event_host,
    make_host,
    make_lineup_item,
    make_ready_event,
)
from tests.factories.livechat import make_pin

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return make_user()


def changed(event: Event, change: Callable[[], object], *, by: User | None = None) -> Revision:
    """What `change` left as a revision."""
    with revisions.recorded(event, what="test", by=by, now=NOW):
        change()
    found = Revision.objects.filter(event=event).first()
    assert found is not None
    return found


def retitled(event: Event, title: str) -> Callable[[], object]:
    def write() -> None:
        fresh = Event.objects.get(pk=event.pk)
        scheduling.edit_event(fresh, version=fresh.version, title=title, now=NOW)

    return write


def said(revision: Revision) -> list[tuple[str, str, object, object]]:
    return [(c["part"], c["field"], c["before"], c["after"]) for c in revision.changes]


def test_a_change_is_kept_with_what_was_before_and_who_made_it(user: User) -> None:
    event = make_event(title="Silk")
    made = changed(event, retitled(event, "Linen"), by=user)
    assert said(made) == [("details", "title", "Silk", "Linen")]
    assert (made.by, made.at, made.version) == (user, NOW, 2)


def test_nothing_changed_is_nothing_kept() -> None:
    event = make_event()
    with revisions.recorded(event, what="test", by=None, now=NOW):
        pass
    assert event.revisions.count() == 0


def test_a_refused_change_leaves_no_trace() -> None:
    event = make_event(title="Silk")

    def fail() -> None:
        retitled(event, "Linen")()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        changed(event, fail)
    event.refresh_from_db()
    assert (event.title, event.revisions.count()) == ("Silk", 0)


def test_one_change_inside_another_is_one_revision() -> None:
    event = make_event()
    with (
        revisions.recorded(event, what="outer", by=None, now=NOW),
        revisions.recorded(event, what="inner", by=None, now=NOW),
    ):
        retitled(event, "Linen")()
    assert [row.what for row in event.revisions.all()] == ["outer"]


def test_taking_back_brings_the_old_title_and_taking_that_back_the_new_one() -> None:
    event = make_event(title="Silk")
    made = changed(event, retitled(event, "Linen"))
    titles = []
    revisions.take_back(made, by=None, now=NOW)
    titles.append(Event.objects.get().title)
    undo = event.revisions.first()
    assert undo is not None
    assert undo.undoes == made
    made.refresh_from_db()
    assert made.undone_at == NOW
    revisions.take_back(undo, by=None, now=NOW)
    titles.append(Event.objects.get().title)
    made.refresh_from_db()
    assert (titles, made.undone_at) == (["Silk", "Linen"], None)


def test_whoever_has_the_page_open_is_told_of_what_was_taken_back() -> None:
    event = make_event(title="Silk")
    made = changed(event, retitled(event, "Linen"))
    revisions.take_back(made, by=None, now=NOW)
    assert Event.objects.get().version == 3


def test_a_change_somebody_built_on_stays() -> None:
    event = make_event(title="Silk")
    first = changed(event, retitled(event, "Linen"))
    changed(event, retitled(event, "Linen in June"))
    with pytest.raises(CannotTakeBack, match="changed again since"):
        revisions.take_back(first, by=None, now=NOW)
    assert Event.objects.get().title == "Linen in June"


def test_an_older_change_comes_back_when_the_newer_touched_something_else() -> None:
    event = make_event(title="Silk")
    item = make_lineup_item(event)
    first = changed(event, retitled(event, "Linen"))
    words = {"planned_second": 0, "talking_points": "Look at the hem."}
    changed(event, lambda: lineup.edit_item(item, **words, now=NOW))
    revisions.take_back(first, by=None, now=NOW)
    item.refresh_from_db()
    assert (Event.objects.get().title, item.talking_points) == ("Silk", "Look at the hem.")


def test_a_piece_taken_out_comes_back_with_all_its_words() -> None:
    event = make_event()
    one, two = make_lineup_item(event), make_lineup_item(event)
    LineupItem.objects.filter(pk=one.pk).update(talking_points="Slowly.", cue="Light down", reveal_at=NOW)
    made = changed(event, lambda: lineup.remove_item(LineupItem.objects.get(pk=one.pk), now=NOW))
    revisions.take_back(made, by=None, now=NOW)
    back = LineupItem.objects.get(public_id=one.public_id)
    assert (back.talking_points, back.cue, back.reveal_at, back.product) == (
        "Slowly.", "Light down", NOW, one.product,
    )  # fmt: skip
    assert [row.product for row in event.lineup.all()] == [one.product, two.product]


def test_a_piece_that_got_words_since_is_not_taken_out_again() -> None:
    event = make_event()
    product = make_lineup_item(make_event(brand=event.brand)).product
    made = changed(event, lambda: lineup.add_item(event, product, now=NOW))
    LineupItem.objects.filter(event=event).update(talking_points="Hours of work")
    with pytest.raises(CannotTakeBack):
        revisions.take_back(made, by=None, now=NOW)
    assert event.lineup.get().talking_points == "Hours of work"


def test_a_piece_that_was_pinned_stays() -> None:
    event = make_event(state="live")
    product = make_lineup_item(make_event(brand=event.brand)).product
    made = changed(event, lambda: lineup.add_item(event, product, now=NOW))
    make_pin(room_of(event), item=event.lineup.get())
    with pytest.raises(CannotTakeBack, match="pinned"):
        revisions.take_back(made, by=None, now=NOW)
    assert event.lineup.count() == 1


def test_hosts_come_back_with_their_shares() -> None:
    event, old, new = make_event(), make_host(), make_host()
    make_event_host(event, host=old)
    made = changed(event, lambda: scheduling.set_hosts(event, [(old, 6_000), (new, 4_000)], now=NOW))
    revisions.take_back(made, by=None, now=NOW)
    assert [(row.host, row.share) for row in event.event_hosts.all()] == [(old, 10_000)]


def test_a_host_who_accepted_since_stays() -> None:
    event, old, new = make_event(), make_host(name="Old"), make_host(name="New")
    make_event_host(event, host=old)
    made = changed(event, lambda: scheduling.set_hosts(event, [(new, 10_000)], now=NOW))
    Engagement.objects.create(event=event, host=new, state=EngagementState.ACCEPTED, invited_at=NOW)
    with pytest.raises(CannotTakeBack, match="New has accepted meanwhile"):
        revisions.take_back(made, by=None, now=NOW)
    assert event.event_hosts.get().host == new


def test_a_segment_comes_back_unless_it_has_begun() -> None:
    event = make_event()
    fields = {
        "event": event,
        "brand": event.brand,
        "position": 1,
        "planned_second": 0,
        "planned_seconds": 600,
    }
    row = Segment.objects.create(title="Opening", **fields)
    made = changed(event, row.delete)
    revisions.take_back(made, by=None, now=NOW)
    back = event.segments.get()
    assert (back.title, back.public_id) == ("Opening", row.public_id)
    undo = event.revisions.first()
    assert undo is not None
    Segment.objects.update(started_at=NOW)
    with pytest.raises(CannotTakeBack, match="has begun"):
        revisions.take_back(undo, by=None, now=NOW)


def test_a_task_struck_out_comes_back() -> None:
    event = make_event()
    task = checklist.add_task(event, text="Order flowers", due_on=date(2026, 12, 1))
    made = changed(event, lambda: checklist.remove(task))
    revisions.take_back(made, by=None, now=NOW)
    back = event.checklist.get()
    assert (back.text, back.due_on, back.public_id) == ("Order flowers", date(2026, 12, 1), task.public_id)


def test_what_was_planned_for_a_show_that_is_over_stays() -> None:
    event = make_event(title="Silk")
    made = changed(event, retitled(event, "Linen"))
    Event.objects.update(state=EventState.ENDED)
    with pytest.raises(NotEditable):
        revisions.take_back(made, by=None, now=NOW)


def test_the_same_change_is_taken_back_once() -> None:
    event = make_event(title="Silk")
    made = changed(event, retitled(event, "Linen"))
    revisions.take_back(made, by=None, now=NOW)
    with pytest.raises(CannotTakeBack, match="already"):
        revisions.take_back(made, by=None, now=NOW)


def test_the_time_comes_back_to_the_minute() -> None:
    event = make_event()
    before = event.starts_at
    later = {"starts_at": before + timedelta(days=1), "ends_at": event.ends_at + timedelta(days=1)}
    made = changed(event, lambda: scheduling.edit_event(event, version=1, now=NOW, **later))
    revisions.take_back(made, by=None, now=NOW)
    assert Event.objects.get().starts_at == before


def test_the_history_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revisions, "KEPT", 3)
    event = make_event(title="0")
    for title in "12345":
        changed(event, retitled(event, title))
    assert [row.changes[0]["after"] for row in event.revisions.all()] == ["5", "4", "3"]


def test_what_others_changed_since_a_version_is_told_with_the_value_then() -> None:
    event = make_event(title="Silk")
    changed(event, retitled(event, "Linen"))
    last = changed(event, retitled(event, "Wool"))
    assert revisions.changed_since(event, 1) == {"title": ("Silk", last)}
    assert revisions.changed_since(event, 3) == {}


def test_without_the_check_an_older_change_would_run_over_a_newer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revisions, "still_so", lambda plan, change: True)
    event = make_ready_event(title="Silk")
    first = changed(event, retitled(event, "Linen"))
    changed(event, retitled(event, "Linen in June"))
    revisions.take_back(first, by=None, now=NOW)
    assert Event.objects.get().title == "Silk"
