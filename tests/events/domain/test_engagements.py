"""Inviting hosts, their answers, and what is promised: written once, answered once, never changed."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import Mail, User
from events.domain import scheduling, streams
from events.domain.disclosure import disclosures
from events.domain.engagements import accept, decline, invite, replace_host, withdraw
from events.domain.lifecycle import advance, missing
from events.domain.terms import Terms, proposed_share, usual_terms
from events.enums import EventState, RefundRule
from events.errors import (
    BadShares,
    BadTerms,
    EngagementClosed,
    NeedsConfirmation,
    NotEditable,
    NotHosting,
    NotInvited,
    NotReady,
    TermsFrozen,
)
from events.models import Engagement, Event, Host, Stream
from events.rules import can_host
from events.signals import lineup_changed
from tests.factories.accounts import make_user
from tests.factories.events import (
    NOW,
    make_away,
    make_engagement,
    make_event,
    make_event_host,
    make_host,
    make_lineup_item,
    make_ready_event,
    make_stream,
    make_tie,
    make_vetting,
)

pytestmark = pytest.mark.django_db
PAID = Terms(commission={"*": 1_200, "silk": 1_500}, disclosure="Paid by the house.")


def known_host(**over: Any) -> tuple[Host, User]:
    user = make_user()
    return make_host(user=user, **over), user


def invited(event: Event, terms: Terms = PAID, **over: Any) -> tuple[Engagement, User]:
    host, user = known_host(**over)
    return invite(event, host, terms, make_user(), NOW), user


def shares(event: Event) -> list[tuple[str, int]]:
    return list(event.event_hosts.order_by("position").values_list("host__name", "share"))


def test_an_invitation_holds_its_terms_and_a_letter_tells_the_host() -> None:
    event, producer = make_event(title="The Silk Hour"), make_user()
    host, user = known_host()
    terms = Terms(
        commission={"silk": 1_500},
        floor_amount=50_000,
        floor_currency="EUR",
        refund_rule=RefundRule.KEEP_AFTER,
        disclosure=" Paid  by the house. ",
        message="Please bring the loom.",
    )
    made = invite(event, host, terms, producer, NOW, origin="https://shop.test")
    assert (made.state, made.share, made.invited_by, made.invited_at) == ("invited", 10_000, producer, NOW)
    assert (made.commission, made.refund_rule) == ({"*": 0, "silk": 1_500}, "keep")
    assert (made.floor_amount, made.floor_currency) == (50_000, "EUR")
    assert made.disclosure == "Paid by the house."
    letter = Mail.objects.get()
    assert (letter.to, letter.subject) == (user.email, f"{event.brand.name} invites you: The Silk Hour")
    assert f"https://shop.test/host/engagements/{made.public_id}/" in letter.text
    assert "Please bring the loom." in letter.text
    assert not can_host(user, event)


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (Terms(commission={"*": 10_001}, disclosure="Paid."), "commission"),
        (Terms(commission={"*": -1}, disclosure="Paid."), "commission"),
        (Terms(commission={"*": 9.5}, disclosure="Paid."), "commission"),  # type: ignore[dict-item]
        (Terms(commission={"*": True}, disclosure="Paid."), "commission"),
        (Terms(commission={"Silk & co": 100}, disclosure="Paid."), "commission"),
        (Terms(commission={"*": 1}, disclosure="  "), "disclosure"),
        (Terms(commission={}, floor_amount=1, floor_currency="EUR"), "disclosure"),
        (Terms(disclosure="x" * 301), "disclosure"),
        (Terms(floor_amount=-1, floor_currency="EUR", disclosure="Paid."), "floor_amount"),
        (Terms(floor_amount=2**53, floor_currency="EUR", disclosure="Paid."), "floor_amount"),
        (Terms(floor_amount=100, disclosure="Paid."), "floor_currency"),
        (Terms(floor_currency="EURO", disclosure="Paid."), "floor_currency"),
        (Terms(share=0, disclosure="Paid."), "share"),
        (Terms(share=10_001, disclosure="Paid."), "share"),
        (Terms(message="x" * 2_001, disclosure="Paid."), "message"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_terms_that_cannot_stand_name_their_field(terms: Terms, field: str) -> None:
    host, _user = known_host()
    with pytest.raises(BadTerms) as refused:
        invite(make_event(), host, terms, None, NOW)
    assert (refused.value.field, bool(str(refused.value))) == (field, True)
    assert Engagement.objects.count() == 0


def test_unpaid_work_needs_no_disclosure() -> None:
    host, _user = known_host()
    assert invite(make_event(), host, Terms(commission={}), None, NOW).disclosure == ""


def test_a_host_without_an_account_cannot_be_invited() -> None:
    with pytest.raises(BadTerms, match="no account") as refused:
        invite(make_event(), make_host(), PAID, None, NOW)
    assert refused.value.field == "host"


def test_one_offer_stands_at_a_time() -> None:
    event = make_event()
    made, user = invited(event)
    with pytest.raises(EngagementClosed, match="invited already"):
        invite(event, made.host, PAID, None, NOW)
    decline(made, by=user, now=NOW)
    assert invite(event, made.host, PAID, None, NOW).state == "invited"
    assert Engagement.objects.filter(event=event).count() == 2


def test_accepting_seats_the_host_and_tells_whoever_invited() -> None:
    event = make_event()
    made, user = invited(event)
    Mail.objects.all().delete()
    assert accept(made, by=user, now=NOW + timedelta(hours=1), words=" Gladly. ")
    made.refresh_from_db()
    assert (made.state, made.answer, made.answered_at) == ("accepted", "Gladly.", NOW + timedelta(hours=1))
    assert shares(event) == [(made.host.name, 10_000)]
    assert can_host(user, event)
    letter = Mail.objects.get()
    assert made.invited_by is not None
    assert (letter.to, "accepts" in letter.subject, "Gladly." in letter.text) == (
        made.invited_by.email, True, True,
    )  # fmt: skip


def test_a_second_click_changes_nothing_and_the_other_answer_is_refused() -> None:
    made, user = invited(make_event())
    answers = [accept(made, by=user, now=NOW), accept(Engagement.objects.get(), by=user, now=NOW)]
    assert (answers, Mail.objects.count()) == ([True, False], 2)
    with pytest.raises(EngagementClosed, match="Accepted"):
        decline(made, by=user, now=NOW)
    assert Engagement.objects.get().state == "accepted"


def test_only_the_host_answers() -> None:
    made, _user = invited(make_event())
    for answer in (accept, decline):
        with pytest.raises(NotInvited):
            answer(made, by=make_user(), now=NOW)
    assert Engagement.objects.get().state == "invited"


def test_a_stale_copy_cannot_answer_what_was_taken_back() -> None:
    made, user = invited(make_event())
    stale = Engagement.objects.get()
    withdraw(made, now=NOW)
    with pytest.raises(EngagementClosed, match="Withdrawn"):
        accept(stale, by=user, now=NOW)


def test_declining_takes_the_seat_back_and_gives_its_share_to_the_others() -> None:
    event = make_event()
    host, user = known_host(name="Asked")
    make_event_host(event, host=make_host(name="Ours"), share=4_000)
    make_event_host(event, host=host, share=6_000, position=1)
    made = invite(event, host, PAID, None, NOW)
    assert made.share == 6_000
    assert decline(made, by=user, now=NOW)
    assert shares(event) == [("Ours", 10_000)]


def test_in_house_hosts_make_room_for_what_was_promised() -> None:
    event = make_event()
    make_event_host(event, host=make_host(name="A"), share=7_000)
    make_event_host(event, host=make_host(name="B"), share=3_000, position=1)
    made, user = invited(event, Terms(disclosure="Paid.", share=4_000), name="C")
    accept(made, by=user, now=NOW)
    assert shares(event) == [("A", 4_200), ("B", 1_800), ("C", 4_000)]


def test_a_fair_share_is_proposed() -> None:
    event, host = make_event(), make_host()
    assert proposed_share(event, host) == 10_000
    make_event_host(event, share=10_000)
    assert proposed_share(event, host) == 5_000
    made, user = invited(event, Terms(disclosure="Paid.", share=4_000))
    accept(made, by=user, now=NOW)
    assert proposed_share(event, host) == 3_000
    assert proposed_share(event, made.host) == 4_000


def test_more_than_the_whole_cannot_be_promised() -> None:
    event = make_event()
    invited(event, Terms(disclosure="Paid.", share=7_000))
    host, _user = known_host()
    with pytest.raises(BadTerms, match="At most 30 %") as refused:
        invite(event, host, Terms(disclosure="Paid.", share=3_001), None, NOW)
    assert refused.value.field == "share"
    assert invite(event, host, Terms(disclosure="Paid.", share=3_000), None, NOW).share == 3_000
    with pytest.raises(BadTerms, match="At most 0 %"):
        invite(event, known_host()[0], PAID, None, NOW)


def test_in_house_hosts_cannot_be_promised_away() -> None:
    event = make_event()
    make_event_host(event)
    with pytest.raises(BadTerms, match=r"At most 99\.99 %"):
        invited(event, Terms(disclosure="Paid.", share=10_000))


def test_shares_agreed_with_two_hosts_add_up_when_both_have_said_yes() -> None:
    event = make_event()
    make_lineup_item(event)
    first, one = invited(event, Terms(disclosure="Paid.", share=6_000))
    second, two = invited(event, Terms(disclosure="Paid.", share=4_000))
    accept(first, by=one, now=NOW)
    assert missing(event, now=NOW) == ["The hosts' shares add up to 60 %, not 100 %."]
    accept(second, by=two, now=NOW)
    assert missing(Event.objects.get(pk=event.pk), now=NOW) == []


def test_what_was_offered_is_not_changed_by_the_list_of_hosts() -> None:
    event = make_event()
    made, user = invited(event, Terms(disclosure="Paid.", share=6_000))
    ours = make_host()
    with pytest.raises(TermsFrozen, match="60 %"):
        scheduling.set_hosts(event, [(made.host, 10_000)], now=NOW)
    accept(made, by=user, now=NOW)
    with pytest.raises(TermsFrozen):
        scheduling.set_hosts(event, [(made.host, 5_000), (ours, 5_000)], now=NOW)
    scheduling.set_hosts(event, [(made.host, 6_000), (ours, 4_000)], now=NOW)
    assert Engagement.objects.get().state == "accepted"


def test_the_list_of_hosts_leaves_room_for_invitations_under_way() -> None:
    event = make_event()
    invited(event)
    with pytest.raises(BadShares, match="100 %"):
        scheduling.set_hosts(event, [(make_host(), 10_000)], now=NOW)


def test_a_host_taken_off_the_list_is_told_and_their_agreement_ends() -> None:
    event = make_event()
    made, user = invited(event)
    accept(made, by=user, now=NOW)
    Mail.objects.all().delete()
    scheduling.set_hosts(event, [(make_host(), 10_000)], now=NOW + timedelta(days=1))
    row = Engagement.objects.get()
    assert (row.state, row.ended_at) == ("withdrawn", NOW + timedelta(days=1))
    assert list(Mail.objects.values_list("to", flat=True)) == [user.email]
    assert not can_host(user, event)


def test_a_show_waits_for_its_hosts_to_accept() -> None:
    event = make_event()
    make_lineup_item(event)
    made, user = invited(event, name="Lin Yue")
    assert missing(event, now=NOW) == ["Lin Yue has not accepted yet."]
    with pytest.raises(NotReady):
        advance(event, EventState.SCHEDULED, by=None, now=NOW)
    accept(made, by=user, now=NOW)
    advance(event, EventState.SCHEDULED, by=None, now=NOW)


def test_a_seated_host_who_was_asked_is_waited_for_and_a_further_one_is_not() -> None:
    event = make_ready_event()
    seat = event.event_hosts.get()
    Host.objects.filter(pk=seat.host_id).update(user=make_user())
    invited(event, Terms(disclosure="Paid.", share=1_000))
    assert missing(event, now=NOW) == []
    invite(event, Host.objects.get(pk=seat.host_id), Terms(disclosure="Paid.", share=9_000), None, NOW)
    assert missing(Event.objects.get(pk=event.pk), now=NOW) == [f"{seat.host.name} has not accepted yet."]


def test_a_host_who_is_on_elsewhere_cannot_say_yes() -> None:
    event = make_event()
    made, user = invited(event)
    other = make_event(state="scheduled", title="Elsewhere")
    make_event_host(other, host=made.host)
    with pytest.raises(EngagementClosed, match="two shows at once"):
        accept(made, by=user, now=NOW)
    Event.objects.filter(pk=other.pk).update(
        starts_at=event.ends_at, ends_at=event.ends_at + timedelta(hours=1)
    )
    assert accept(Engagement.objects.get(), by=user, now=NOW)


def test_taking_back_empties_the_seat_and_may_be_said_twice() -> None:
    event = make_event()
    made, user = invited(event)
    accept(made, by=user, now=NOW)
    assert [withdraw(made, now=NOW), withdraw(Engagement.objects.get(), now=NOW)] == [True, False]
    made.refresh_from_db()
    assert (made.state, made.ended_at, shares(event)) == ("withdrawn", NOW, [])
    with pytest.raises(EngagementClosed):
        accept(made, by=user, now=NOW)


def test_a_declined_invitation_cannot_be_taken_back() -> None:
    made, user = invited(make_event())
    decline(made, by=user, now=NOW)
    with pytest.raises(EngagementClosed, match="Declined"):
        withdraw(made, now=NOW)


@pytest.mark.parametrize("state", ["ended", "replay", "cancelled"])
def test_nothing_changes_when_the_show_is_over(state: str) -> None:
    event = make_event()
    made, user = invited(event)
    Event.objects.filter(pk=event.pk).update(state=state)
    fresh = Engagement.objects.get()
    for refused in (
        lambda: invite(event, known_host()[0], PAID, None, NOW),
        lambda: accept(fresh, by=user, now=NOW),
        lambda: decline(fresh, by=user, now=NOW),
        lambda: withdraw(fresh, now=NOW),
        lambda: replace_host(event, made.host, make_host(), None, None, NOW),
    ):
        with pytest.raises(NotEditable):
            refused()
    assert Engagement.objects.get().state == "invited"


def test_a_refusal_an_exclusive_tie_and_another_show_must_be_confirmed() -> None:
    event = make_event()
    host, _user = known_host(name="Lin Yue")
    make_vetting(host, event.brand, state="refused")
    make_tie(host, exclusive=True)
    make_event_host(make_event(state="scheduled", title="Elsewhere"), host=host)
    make_away(host, event.starts_at.date(), event.starts_at.date())
    with pytest.raises(NeedsConfirmation) as asked:
        invite(event, host, PAID, None, NOW)
    assert asked.value.reasons == [
        "Lin Yue was vetted and is not to be invited.",
        "Exclusive to Elsewhere (Ambassador).",
        "Hosts “Elsewhere” at that time: 12 Nov, 19:00–21:00 Paris.",
        "Away from 12 Nov to 12 Nov.",
    ]
    assert Engagement.objects.count() == 0
    assert invite(event, host, PAID, None, NOW, confirmed=True).state == "invited"


# --- Replacing ---------------------------------------------------------------------------------------------


def test_replacing_keeps_the_seat_and_ends_the_old_agreement() -> None:
    event = make_event()
    made, user = invited(event, Terms(disclosure="Paid.", share=6_000), name="Old")
    make_event_host(event, host=make_host(name="Ours"), share=4_000, position=1)
    accept(made, by=user, now=NOW)
    new, newcomer = known_host(name="New")
    Mail.objects.all().delete()
    fresh = replace_host(event, made.host, new, PAID, None, NOW + timedelta(hours=1))
    assert fresh is not None
    made.refresh_from_db()
    assert (made.state, made.ended_at, made.replaced_by) == ("replaced", NOW + timedelta(hours=1), fresh)
    assert (fresh.state, fresh.share) == ("invited", 6_000)
    assert dict(shares(event)) == {"New": 6_000, "Ours": 4_000}
    assert (can_host(user, event), can_host(newcomer, event)) == (False, True)
    assert sorted(Mail.objects.values_list("to", flat=True)) == sorted([user.email, newcomer.email])


def test_a_live_replacement_voids_the_key_and_tells_the_room_once() -> None:
    event = make_event(state=EventState.LIVE)
    old, new = make_host(user=make_user()), make_host(user=make_user())
    make_event_host(event, host=old)
    make_stream(event)
    streams.issue_key(event, now=NOW)
    heard: list[Event] = []

    def hear(*, event: Event, **_signal: Any) -> None:
        heard.append(event)

    lineup_changed.connect(hear)
    try:
        replace_host(event, old, new, PAID, None, NOW)
    finally:
        lineup_changed.disconnect(hear)
    assert (Stream.objects.get().key_hash, heard, shares(event)) == ("", [event], [(new.name, 10_000)])


def test_one_of_our_own_takes_over_without_an_invitation() -> None:
    event, old, new = make_event(state=EventState.LIVE), make_host(), make_host()
    make_event_host(event, host=old)
    assert replace_host(event, old, new, None, None, NOW) is None
    assert (Engagement.objects.count(), shares(event)) == (0, [(new.name, 10_000)])


def test_whoever_was_invited_already_takes_over_on_their_own_terms() -> None:
    event, old = make_event(), make_host()
    make_event_host(event, host=old)
    made, _user = invited(event, Terms(disclosure="Paid.", share=3_000, commission={"*": 700}))
    again = replace_host(event, old, made.host, PAID, None, NOW)
    assert again == made
    assert (made.commission["*"], shares(event)) == (700, [(made.host.name, 3_000)])


def test_who_does_not_host_is_not_replaced_and_who_does_takes_nobodys_place() -> None:
    event, old, other = make_event(), make_host(), make_host()
    make_event_host(event, host=old, share=5_000)
    make_event_host(event, host=other, share=5_000)
    with pytest.raises(NotHosting, match="does not host"):
        replace_host(event, make_host(), make_host(), None, None, NOW)
    with pytest.raises(NotHosting, match="already"):
        replace_host(event, old, other, None, None, NOW)


def test_a_replacement_who_was_refused_must_be_confirmed_and_nothing_moves() -> None:
    event, old, new = make_event(), make_host(), make_host(user=make_user())
    make_event_host(event, host=old)
    make_vetting(new, event.brand, state="refused")
    with pytest.raises(NeedsConfirmation):
        replace_host(event, old, new, PAID, None, NOW)
    assert shares(event) == [(old.name, 10_000)]
    assert replace_host(event, old, new, PAID, None, NOW, confirmed=True) is not None


def test_bad_terms_leave_the_old_host_where_they_are() -> None:
    event = make_event()
    made, user = invited(event)
    accept(made, by=user, now=NOW)
    with pytest.raises(BadTerms):
        replace_host(event, made.host, known_host()[0], Terms(commission={"*": 5}), None, NOW)
    made.refresh_from_db()
    assert (made.state, shares(event)) == ("accepted", [(made.host.name, 10_000)])


def test_a_host_on_the_air_is_replaced_and_not_just_withdrawn() -> None:
    event = make_event()
    made, user = invited(event)
    accept(made, by=user, now=NOW)
    Event.objects.filter(pk=event.pk).update(state="live")
    with pytest.raises(NotHosting, match="on the air"):
        withdraw(Engagement.objects.get(), now=NOW)


# --- What viewers are told ---------------------------------------------------------------------------------


def test_viewers_are_told_what_was_agreed_else_the_tie_to_the_brand() -> None:
    event = make_event()
    paid, tied, free = (make_host(name=name, user=make_user()) for name in ("Paid", "Tied", "Free"))
    for place, host in enumerate((paid, tied, free)):
        make_event_host(event, host=host, share=3_000, position=place)
    make_engagement(event, host=paid, state="accepted", disclosure="Paid by the house.")
    make_tie(tied, brand=event.brand, kind="employee")
    make_tie(free)
    assert [(host.name, words) for host, words in disclosures(event)] == [
        ("Paid", "Paid by the house."), ("Tied", f"Employed there of {event.brand.name}."), ("Free", ""),
    ]  # fmt: skip


def test_the_usual_terms_can_stand() -> None:
    event = make_event()
    host, _user = known_host()
    made = invite(event, host, usual_terms(event, host), None, NOW)
    assert (made.commission, event.brand.name in made.disclosure) == ({"*": 1_000}, True)
