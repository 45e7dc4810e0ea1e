"""Credibility from rows: a host's shows counted by hand, and what must change nothing."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from events.models import Credibility
from livechat.domain import attendance
from livechat.models import AccuracyReport, AnswerVerdict
from orders.domain.refunds import refund_order
from orders.domain.shelf import count_at_end
from orders.insights import credibility
from orders.insights.credibility import compute, counts_of, fields_of, refresh, waiting
from orders.insights.formula import ACCURATE, BACK, HELPFUL, KEPT, SOLD, VERSION, Count, score
from orders.insights.seen import seen_of
from orders.models import Attribution
from tests.factories.accounts import make_user
from tests.factories.catalog import make_member, make_product, make_stocked_variant
from tests.factories.events import (
    NOW,
    make_event,
    make_event_host,
    make_follow,
    make_host,
    make_niche,
)
from tests.factories.livechat import as_viewer, make_guest, make_question, make_room
from tests.factories.orders import Wanted, make_paid_order, make_shown, touch

pytestmark = pytest.mark.django_db


@pytest.fixture
def host():
    """A host with an account, known for silk."""
    found = make_host(user=make_user())
    found.niches.add(make_niche(categories=["silk", "scarves"]))
    return found


def make_show(host, *, days_ago=0, category="silk", on_hand=10):
    """A show of `host` with one piece on the stage; the event, the piece."""
    begun = NOW - timedelta(days=days_ago)
    variant = make_stocked_variant(product=make_product(category=category), on_hand=on_hand)
    event = make_event(state="live", brand=variant.product.brand, now=begun)
    make_event_host(event, host=host)
    make_shown(variant, event=event, pinned_at=begun)
    return event, variant


def sell(event, variant, *, pieces=1, viewer=None, **over):
    viewer, at = viewer or make_guest(), event.went_live_at + timedelta(minutes=40)
    token = touch(event, variant, viewer, now=at)
    return make_paid_order(
        Wanted(variant, pieces, token), viewer=viewer, now=at + timedelta(seconds=9), **over
    )


def answer(event, host, product, *, yes=0, no=0, **over):
    """An answer of the host with so many verdicts of people with an account."""
    fields = {"answered_by": host.user, "answered_badge": "host", "answered_name": host.name}
    question = make_question(
        make_room(event), product=product, state="answered", answer="Goat.", answered_at=NOW, **fields | over
    )
    AnswerVerdict.objects.bulk_create(
        AnswerVerdict(question=question, viewer_key=f"user:{1000 + n}", helpful=n < yes, at=NOW)
        for n in range(yes + no)
    )
    return question


def uphold(event, host, product, **over):
    fields = {"viewer_key": make_guest().key, "text": "It is cotton.", "at": NOW, "state": "upheld"}
    return AccuracyReport.objects.create(
        room=make_room(event), host=host, product=product, decided_at=NOW, **fields | over
    )


def counts(host):
    fields = fields_of([host.pk])
    (found,) = counts_of(fields, seen_of([host.pk])).values()
    return found


def test_the_worked_example(host):
    first, silk = make_show(host, days_ago=30)
    second, scarf = make_show(host, category="scarves")
    # Seven bought of twenty shown; two come back.
    order = sell(first, silk, pieces=3)
    sell(second, scarf, pieces=2)
    sell(second, scarf, pieces=2)
    line = order.lines.get()
    refund_order(order, pieces={line.public_id: 2}, reason="Too small", by=None, key="r", now=NOW)
    for event in (first, second):
        count_at_end(event, now=NOW)
    answer(first, host, silk.product, yes=3, no=1)
    answer(second, host, scarf.product, yes=1)
    # Of four statements, two answers and two pieces shown, one was wrong, reported by two people.
    uphold(first, host, silk.product)
    uphold(first, host, silk.product)
    uphold(second, host, scarf.product, state="open")
    # Three viewers, one of whom came twice.
    for event, viewers in ((first, ("a", "b")), (second, ("b", "c"))):
        for viewer in viewers:
            attendance.note(make_room(event), viewer_key=viewer, now=NOW)
    expected = {
        HELPFUL: Count(4, 5),
        ACCURATE: Count(3, 4),
        KEPT: Count(5, 7),
        BACK: Count(1, 3),
        # 9 free of the first (two came back), 6 of the second, and the seven that were sold.
        SOLD: Count(7, 22),
    }
    assert counts(host) == expected
    assert compute([host.pk], now=NOW) == 1
    row = Credibility.objects.get()
    assert (row.score, row.formula, row.computed_at) == (score(expected), VERSION, NOW)
    assert row.inputs["helpful"] == {
        "numerator": 4,
        "denominator": 5,
        "weight": 3_000,
        "prior": 7_000,
        "strength": 20,
        "rate": 7_200,
    }


def test_more_followers_change_nothing(host):
    event, silk = make_show(host)
    answer(event, host, silk.product, yes=2)
    before = counts(host)
    for _ in range(5):
        make_follow(host, user=make_user())
    assert counts(host) == before


def test_another_field_counts_for_nothing_here(host):
    event, watch = make_show(host, category="watches")
    sell(event, watch)
    answer(event, host, watch.product, yes=5)
    uphold(event, host, watch.product)
    attendance.note(make_room(event), viewer_key="a", now=NOW)
    assert set(counts(host).values()) == {Count()}


def test_the_crowd_staff_and_own_purchases_count_for_nothing(host):
    event, silk = make_show(host)
    sell(event, silk, viewer=as_viewer(host.user))
    sell(event, silk, rehearsal=True)
    colleague = make_user()
    make_member(colleague, event.brand, Role.AGENT)
    sell(event, silk, viewer=as_viewer(colleague))
    answer(event, host, silk.product, yes=3, rehearsal=True)
    assert Attribution.objects.count() == 3
    assert (counts(host).get(KEPT, Count()), counts(host).get(HELPFUL, Count())) == (Count(), Count())


def test_verdicts_of_guests_count_when_they_were_in_a_room(host):
    event, silk = make_show(host)
    question = answer(event, host, silk.product)
    attendance.note(make_room(event), viewer_key="guest:real", now=NOW)
    for key in ("guest:real", "guest:made-up"):
        AnswerVerdict.objects.create(question=question, viewer_key=key, helpful=True, at=NOW)
    assert counts(host)[HELPFUL] == Count(1, 1)


def test_an_answer_is_of_whoever_gave_it(host):
    event, silk = make_show(host)
    other = make_host(user=make_user())
    make_event_host(event, host=other, share=0)
    answer(event, other, silk.product, yes=1)
    answer(
        event, host, silk.product, yes=1, answered_by=make_user(), answered_badge="care", answered_name="Ann"
    )
    assert counts(host).get(HELPFUL, Count()) == Count()
    # Noted by a producer while the piece lay on this host's stage.
    answer(event, host, silk.product, yes=1, answered_by=make_user(), answered_badge="staff", on_air_at=NOW)
    assert counts(host)[HELPFUL] == Count(1, 1)


def test_an_upheld_report_of_an_answer_is_a_wrong_answer(host):
    event, silk = make_show(host)
    question = answer(event, host, silk.product)
    assert counts(host)[ACCURATE] == Count(2, 2)
    uphold(event, host, silk.product, question=question)
    assert counts(host)[ACCURATE] == Count(1, 2)


def test_more_upheld_reports_never_raise_it(host):
    event, silk = make_show(host)
    scores = [score(counts(host))]
    for _ in range(3):
        uphold(event, host, silk.product)
        uphold(event, host, make_product(category="silk"))
        scores.append(score(counts(host)))
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1]


def test_a_shelf_nobody_counted_is_not_guessed(host):
    event, silk = make_show(host)
    sell(event, silk)
    assert SOLD not in counts(host)
    count_at_end(event, now=NOW)
    assert counts(host)[SOLD] == Count(1, 10)


def test_many_hosts_cost_as_many_queries_as_one():
    def busy():
        found = make_host(user=make_user())
        found.niches.add(make_niche(categories=["silk"]))
        event, silk = make_show(found)
        sell(event, silk)
        answer(event, found, silk.product, yes=1)
        uphold(event, found, silk.product)
        attendance.note(make_room(event), viewer_key="a", now=NOW)
        return found.pk

    def queries(hosts):
        with CaptureQueriesContext(connection) as found:
            compute(hosts, now=NOW)
        return len(found)

    one, more = [busy()], [busy() for _ in range(4)]
    assert queries(one) == queries(more)


def test_figures_of_a_field_that_was_given_up_go_away(host):
    make_show(host)
    compute([host.pk], now=NOW)
    host.niches.clear()
    compute([host.pk], now=NOW + timedelta(hours=2))
    assert Credibility.objects.count() == 0


def test_a_host_is_computed_once_then_only_with_something_new_and_at_most_hourly(host):
    event, silk = make_show(host)
    later = [NOW + timedelta(minutes=minutes) for minutes in (0, 5, 20, 90, 120, 200)]
    assert refresh(now=later[0]) == 1
    # Somebody looked five minutes ago.
    assert refresh(now=later[1]) == 0
    question = answer(event, host, silk.product)
    AnswerVerdict.objects.create(question=question, viewer_key="user:1", helpful=True, at=later[2])
    # New, but not an hour after the last time.
    assert refresh(now=later[2]) == 0
    assert refresh(now=later[3]) == 1
    assert refresh(now=later[4]) == 0
    assert refresh(now=later[5]) == 0


def test_after_a_long_pause_nothing_is_forgotten(host):
    event, silk = make_show(host)
    compute([host.pk], now=NOW)
    question = answer(event, host, silk.product)
    AnswerVerdict.objects.create(
        question=question, viewer_key="user:1", helpful=True, at=NOW + timedelta(hours=1)
    )
    week_later = NOW + timedelta(days=7)
    caches["between_processes"].clear()
    assert waiting(now=week_later, since=None) == [host.pk]
    assert waiting(now=week_later, since=week_later - timedelta(hours=26)) == []


def test_no_more_than_fifty_hosts_at_once(monkeypatch):
    monkeypatch.setattr(credibility, "MOST_HOSTS", 2)
    niche = make_niche(categories=["silk"])
    for _ in range(3):
        make_host().niches.add(niche)
    assert refresh(now=NOW) == 2
    assert refresh(now=NOW + timedelta(minutes=10)) == 1
