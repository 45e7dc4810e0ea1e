from collections.abc import Callable

import pytest

from accounts.enums import Role
from accounts.models import Mail, User
from catalog.models import Brand
from events.domain import lifecycle, reviewing, revisions, scheduling
from events.enums import EventState, ReviewState
from events.errors import EditConflict, NotReady, ReviewRefused
from events.models import Event
from tests.factories.accounts import make_user
from tests.factories.catalog import make_brand, make_member
from tests.factories.events import NOW, make_event, make_ready_event

pytestmark = pytest.mark.django_db
WANTED = "Have the plan approved."


@pytest.fixture
def brand() -> Brand:
    return make_brand(needs_review=True)


def producer(brand: Brand, **over: str) -> User:
    user = make_user(**over)
    make_member(user, brand, Role.PRODUCER)
    return user


@pytest.fixture
def ada(brand: Brand) -> User:
    return producer(brand, display_name="Ada")


@pytest.fixture
def ben(brand: Brand) -> User:
    return producer(brand, display_name="Ben")


def review_of(event: Event) -> str:
    return Event.objects.values_list("review", flat=True).get(pk=event.pk)


def test_a_plan_goes_from_one_to_another_and_is_approved(brand: Brand, ada: User, ben: User) -> None:
    event = make_event(brand=brand)
    states = []
    reviewing.ask(event, by=ada, text="Please look", now=NOW)
    states.append(review_of(event))
    reviewing.want_changes(event, by=ben, text="Shorter", now=NOW)
    states.append(review_of(event))
    reviewing.ask(event, by=ada, now=NOW)
    reviewing.approve(event, by=ben, now=NOW)
    states.append(review_of(event))
    assert states == [ReviewState.ASKED, ReviewState.CHANGES, ReviewState.APPROVED]
    assert [(note.step, note.by, note.text) for note in event.review_notes.all()] == [
        ("ask", ada, "Please look"),
        ("changes", ben, "Shorter"),
        ("ask", ada, ""),
        ("approve", ben, ""),
    ]


def test_nobody_approves_what_they_asked_for(brand: Brand, ada: User, ben: User) -> None:
    event = make_event(brand=brand)
    reviewing.ask(event, by=ada, now=NOW)
    assert (reviewing.may_decide(event, ada), reviewing.may_decide(event, ben)) == (False, True)
    with pytest.raises(ReviewRefused, match="Somebody else decides"):
        reviewing.approve(event, by=ada, now=NOW)
    assert review_of(event) == ReviewState.ASKED


def test_without_that_rule_the_asker_would_approve(
    brand: Brand, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviewing, "_authors", lambda event: set())
    event = make_event(brand=brand)
    reviewing.ask(event, by=ada, now=NOW)
    reviewing.approve(event, by=ada, now=NOW)
    assert review_of(event) == ReviewState.APPROVED


Step = Callable[[Event, User], object]
IMPOSSIBLE: dict[str, Step] = {
    "approve-unasked": lambda event, user: reviewing.approve(event, by=user, now=NOW),
    "changes-unasked": lambda event, user: reviewing.want_changes(event, by=user, text="No", now=NOW),
    "comment-nothing": lambda event, user: reviewing.comment(event, by=user, text="  ", now=NOW),
    "changes-without-words": lambda event, user: reviewing.want_changes(event, by=user, text="", now=NOW),
}


@pytest.mark.parametrize("step", list(IMPOSSIBLE))
def test_a_step_that_makes_no_sense_is_refused(brand: Brand, ada: User, step: str) -> None:
    event = make_event(brand=brand)
    with pytest.raises(ReviewRefused):
        IMPOSSIBLE[step](event, ada)
    assert (event.review_notes.count(), review_of(event)) == (0, ReviewState.NONE)


def test_asking_twice_is_refused(brand: Brand, ada: User) -> None:
    event = make_event(brand=brand)
    reviewing.ask(event, by=ada, now=NOW)
    with pytest.raises(ReviewRefused, match="In review"):
        reviewing.ask(event, by=ada, now=NOW)


def test_on_the_night_nothing_is_reviewed(brand: Brand, ada: User) -> None:
    with pytest.raises(ReviewRefused, match="before the rehearsal"):
        reviewing.ask(make_event(brand=brand, state="rehearsal"), by=ada, now=NOW)


def test_approving_means_the_plan_that_was_looked_at(brand: Brand, ada: User, ben: User) -> None:
    event = make_event(brand=brand)
    reviewing.ask(event, by=ada, now=NOW)
    scheduling.edit_event(Event.objects.get(), version=1, title="Other", now=NOW)
    with pytest.raises(EditConflict):
        reviewing.approve(event, by=ben, version=1, now=NOW)
    reviewing.approve(event, by=ben, version=2, now=NOW)
    assert review_of(event) == ReviewState.APPROVED


def approved(brand: Brand, ada: User, ben: User, **over: object) -> Event:
    event = make_event(brand=brand, **over)  # type: ignore[arg-type]  # a state or times
    reviewing.ask(event, by=ada, now=NOW)
    reviewing.approve(event, by=ben, now=NOW)
    return event


def test_a_change_after_the_approval_opens_it_again(brand: Brand, ada: User, ben: User) -> None:
    event = approved(brand, ada, ben)
    with revisions.recorded(event, what="details", by=ben, now=NOW):
        scheduling.edit_event(Event.objects.get(), version=1, title="Other", now=NOW)
    event.refresh_from_db()
    last = event.review_notes.last()
    assert last is not None
    assert (last.step, last.by, event.review) == ("reopen", ben, ReviewState.ASKED)
    # Ben changed it, so this time Ada is the second person.
    assert (reviewing.may_decide(event, ada), reviewing.may_decide(event, ben)) == (True, False)


def test_a_change_on_the_night_does_not_hold_the_show_up(brand: Brand, ada: User, ben: User) -> None:
    event = approved(brand, ada, ben)
    Event.objects.update(state=EventState.REHEARSAL)
    assert reviewing.reopen(event, by=ada, now=NOW) is None
    assert review_of(event) == ReviewState.APPROVED


def test_a_brand_that_wants_it_schedules_only_approved_plans(brand: Brand, ada: User, ben: User) -> None:
    event = make_ready_event(brand=brand)
    with pytest.raises(NotReady, match=WANTED):
        lifecycle.advance(event, EventState.SCHEDULED, by=ada, now=NOW)
    reviewing.ask(event, by=ada, now=NOW)
    reviewing.approve(event, by=ben, now=NOW)
    lifecycle.advance(event, EventState.SCHEDULED, by=ada, now=NOW)
    assert event.state == EventState.SCHEDULED


def test_other_brands_schedule_without(ada: User) -> None:
    assert lifecycle.missing(make_ready_event(), now=NOW) == []


def test_each_step_is_told_once_to_those_who_act_next(brand: Brand, ada: User, ben: User) -> None:
    event = make_event(brand=brand, title="Silk")
    cleo = producer(brand)
    make_member(make_user(), brand, Role.MODERATOR)
    reviewing.ask(event, by=ada, text="Please look", origin="https://shop.example", now=NOW)
    asked = Mail.objects.order_by("pk")
    assert [mail.to for mail in asked] == [ben.email, cleo.email]
    assert {mail.subject for mail in asked} == {"Silk: Asked for review"}
    assert f"https://shop.example/studio/events/{event.slug}/?part=review" in asked[0].text
    reviewing.comment(event, by=ben, text="Which bag?", now=NOW)
    reviewing.approve(event, by=ben, now=NOW)
    assert [mail.to for mail in asked.all()[2:]] == [ada.email, ada.email]
