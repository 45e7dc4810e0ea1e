"""Timeouts, bans and hiding: who may impose them, what they stop, how they end and how they are evaded."""

import json
from datetime import timedelta

import pytest

from accounts.domain.viewers import user_key
from accounts.enums import Role
from accounts.signals import guest_signed_in
from events.enums import StaffRole
from livechat.domain import gate, standing
from livechat.domain.authors import Origin, author_tag, origin_of, person_of
from livechat.domain.messages import post_message
from livechat.domain.retention import forget_origins
from livechat.domain.sanctions import TIMEOUTS, impose
from livechat.domain.undoing import lift_sanction, undo
from livechat.errors import (
    Banned,
    BuyersOnly,
    FollowersOnly,
    Muted,
    NotAllowed,
    NotOnStaff,
    NotUndoable,
    SignInFirst,
)
from livechat.models import ChatMessage, LineState, ModerationAct, Sanction, SanctionKind
from livechat.wire import announce
from tests.factories.accounts import make_user
from tests.factories.catalog import make_member
from tests.factories.events import (
    NOW,
    make_event,
    make_event_host,
    make_event_staff,
    make_follow,
    make_host,
)
from tests.factories.livechat import as_viewer, make_guest, make_room, make_sanction

pytestmark = pytest.mark.django_db
HERE = origin_of(session_key="a session", address="198.51.100.7")


@pytest.fixture
def room():
    return make_room()


@pytest.fixture
def lead(room):
    return staff(room, StaffRole.LEAD)


def staff(room, role):
    user = make_user()
    make_event_staff(room.event, user=user, role=role)
    return user


def say(room, viewer, text="Is it lined?", **over):
    options = {"client_id": f"c{text}"[:40], "badge": "", "now": NOW} | over
    return post_message(room, viewer=viewer, text=text, **options)


def person(room, viewer, **over):
    """Somebody who said a line here."""
    line = say(room, viewer, "Good evening", **over)
    return person_of(room, line.author_tag)


def give(room, target, by, kind="ban", **over):
    return impose(room, kind=SanctionKind(kind), target=target, by=by, **{"now": NOW} | over)


# --- What they stop ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("seconds", TIMEOUTS)
def test_a_timeout_ends_by_itself(room, lead, seconds):
    guest = make_guest()
    give(room, person(room, guest), lead, "timeout", seconds=seconds)
    until = NOW + timedelta(seconds=seconds)
    with pytest.raises(Muted):
        say(room, guest, now=until - timedelta(seconds=1))
    assert say(room, guest, now=until).state == LineState.SHOWN


def test_a_timeout_has_one_of_five_lengths(room, lead):
    target = person(room, make_guest())
    for kind, seconds in (("timeout", None), ("timeout", 11), ("ban", 60)):
        with pytest.raises(ValueError, match=str(seconds)):
            give(room, target, lead, kind, seconds=seconds)


def test_a_ban_holds_in_one_room_or_in_all_of_the_brand(room, lead):
    other = make_room(make_event(brand=room.event.brand, state="live"))
    elsewhere = make_room()
    here, everywhere = make_guest(), make_guest()
    give(room, person(room, here), lead)
    give(room, person(room, everywhere), lead, brand_wide=True)
    for where, who, stopped in (
        (room, here, True),
        (other, here, False),
        (room, everywhere, True),
        (other, everywhere, True),
        (elsewhere, everywhere, False),
    ):
        if stopped:
            with pytest.raises(Banned):
                say(where, who)
        else:
            assert say(where, who).state == LineState.SHOWN


def test_the_longest_of_several_timeouts_counts(room, lead):
    guest = make_guest()
    target = person(room, guest)
    for seconds in (300, 10):
        give(room, target, lead, "timeout", seconds=seconds)
    found = standing.standing_of(room, guest.key, now=NOW)
    assert found.muted_until == NOW + timedelta(seconds=300)


def test_twin_without_the_check_of_sanctions_a_banned_person_writes(room, lead, monkeypatch):
    guest = make_guest()
    give(room, person(room, guest), lead)
    with pytest.raises(Banned):
        say(room, guest)
    monkeypatch.setattr(gate, "_check_own", lambda _standing: None)
    assert say(room, guest).state == LineState.SHOWN


# --- Who may -----------------------------------------------------------------------------------------------
def test_moderators_time_out_and_leads_do_everything(room, lead):
    moderator, target = staff(room, StaffRole.MODERATOR), person(room, make_guest())
    assert give(room, target, moderator, "timeout", seconds=60).verb == "timeout"
    for kind, over in (("ban", {}), ("hide", {}), ("timeout", {"seconds": 60, "brand_wide": True})):
        with pytest.raises(NotAllowed):
            give(room, target, moderator, kind, **over)
        assert give(room, target, lead, kind, **over).verb == kind
    with pytest.raises(NotAllowed):
        give(room, target, make_user(), "timeout", seconds=60)


def test_a_brands_lead_moderator_leads_in_all_its_rooms(room):
    lead = make_user()
    make_member(lead, room.event.brand, Role.LEAD)
    assert give(room, person(room, make_guest()), lead).actor == lead


@pytest.mark.parametrize("work", ["host", "moderator", "agent", "merchandiser"])
def test_nobody_who_works_here_is_sanctioned(room, lead, work):
    user = make_user()
    if work == "host":
        make_event_host(room.event, host=make_host(user=user))
    elif work == "moderator":
        make_event_staff(room.event, user=user, role=StaffRole.MODERATOR)
    else:
        make_member(user, room.event.brand, Role(work))
    target = person(room, as_viewer(user))
    for kind, over in (("timeout", {"seconds": 60}), ("ban", {}), ("hide", {})):
        with pytest.raises(NotOnStaff):
            give(room, target, lead, kind, **over)
    assert Sanction.objects.count() == 0


def test_twin_without_the_staff_check_a_host_could_be_banned(room, lead, monkeypatch):
    monkeypatch.setattr("livechat.domain.sanctions.works_for", lambda *_: False)
    host = make_user()
    make_event_host(room.event, host=make_host(user=host))
    assert give(room, person(room, as_viewer(host)), lead).verb == "ban"


# --- The end -----------------------------------------------------------------------------------------------
def test_undoing_the_act_lifts_the_sanction_once(room, lead):
    guest = make_guest()
    act = give(room, person(room, guest), lead)
    assert undo(act, by=lead, now=NOW).detail["act"] == act.public_id
    assert say(room, guest).state == LineState.SHOWN
    with pytest.raises(NotUndoable):
        undo(ModerationAct.objects.get(pk=act.pk), by=lead, now=NOW)


def test_lifting_a_sanction_marks_its_act_as_undone(room, lead):
    act = give(room, person(room, make_guest()), lead)
    lift_sanction(act.sanction, room, by=lead, now=NOW)
    act.refresh_from_db()
    assert (act.undone_at, act.undone_by) == (NOW, lead)
    with pytest.raises(NotUndoable):
        lift_sanction(act.sanction, room, by=lead, now=NOW)


# --- Told at once ------------------------------------------------------------------------------------------
@pytest.fixture
def told(monkeypatch):
    heard = []
    monkeypatch.setattr(announce, "tell", lambda room, to, text: heard.append((room, to, json.loads(text))))
    return heard


def test_the_target_is_told_at_once_and_again_when_it_is_over(
    room, lead, told, django_capture_on_commit_callbacks
):
    guest = make_guest("Mina")
    target = person(room, guest)
    with django_capture_on_commit_callbacks(execute=True):
        act = give(room, target, lead, "timeout", seconds=60)
    with django_capture_on_commit_callbacks(execute=True):
        undo(act, by=lead, now=NOW)
    yous = [(where, to, frame["you"]) for where, to, frame in told if frame["type"] == "you"]
    assert [(where, to, you["name"], you["muted_until"]) for where, to, you in yous] == [
        (room.pk, guest.key, "Mina", round(NOW.timestamp() * 1000) + 60_000),
        (room.pk, guest.key, "Mina", None),
    ]


def test_a_ban_from_the_brand_is_told_in_every_open_room(
    room, lead, told, django_capture_on_commit_callbacks
):
    other = make_room(make_event(brand=room.event.brand, state="live"))
    make_room()
    target = person(room, make_guest())
    with django_capture_on_commit_callbacks(execute=True):
        give(room, target, lead, brand_wide=True)
    assert {where: frame["you"]["banned"] for where, _to, frame in told} == {room.pk: True, other.pk: True}


def test_being_hidden_is_told_to_nobody(room, lead, told, django_capture_on_commit_callbacks):
    guest = make_guest()
    target = person(room, guest)
    before = standing.you_card(room, guest, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        give(room, target, lead, "hide")
    assert told == []
    assert standing.you_card(room, guest, now=NOW) == before


# --- Evasion -----------------------------------------------------------------------------------------------
def banned(room, lead, **over):
    act = give(room, person(room, make_guest(), origin=HERE), lead, **over)
    return act.sanction


@pytest.mark.parametrize(
    "origin",
    [Origin(HERE.session_hash, ""), Origin("", HERE.address_hash), HERE],
    ids=["same session", "same address", "both"],
)
def test_a_fresh_guest_from_where_somebody_was_banned_has_to_sign_in(room, lead, origin):
    banned(room, lead)
    with pytest.raises(SignInFirst):
        say(room, make_guest(), origin=origin)
    assert say(room, make_guest(), origin=origin_of(session_key="x", address="203.0.113.9")).state == "shown"


def test_twin_without_the_hashes_a_fresh_guest_writes_again(room, lead):
    ban = banned(room, lead)
    Sanction.objects.filter(pk=ban.pk).update(session_hash="", address_hash="")
    assert say(room, make_guest(), origin=HERE).state == LineState.SHOWN


def test_when_the_ban_is_lifted_guests_write_again(room, lead):
    lift_sanction(banned(room, lead), room, by=lead, now=NOW)
    assert say(room, make_guest(), origin=HERE).state == LineState.SHOWN


def test_a_timeout_shuts_out_nobody_else(room, lead):
    give(room, person(room, make_guest(), origin=HERE), lead, "timeout", seconds=300)
    assert say(room, make_guest(), origin=HERE).state == LineState.SHOWN


def test_an_account_made_after_the_ban_in_the_same_session_is_banned_and_at_the_address_waits(room, lead):
    banned(room, lead)
    account = as_viewer(make_user(created_at=NOW + timedelta(minutes=1)))
    later = NOW + timedelta(minutes=2)
    with pytest.raises(Banned):
        say(room, account, origin=HERE, now=later)
    line = say(room, account, origin=Origin("other", HERE.address_hash), now=later)
    assert (line.state, line.held_for) == (LineState.HELD, gate.EVASION)


def test_a_neighbour_with_an_older_account_writes_freely(room, lead):
    banned(room, lead)
    neighbour = as_viewer(make_user(created_at=NOW - timedelta(days=1)))
    assert say(room, neighbour, origin=Origin("other", HERE.address_hash)).state == LineState.SHOWN


def test_signing_in_takes_the_sanctions_along(room, lead):
    guest = make_guest()
    give(room, person(room, guest), lead)
    user = make_user()
    guest_signed_in.send(sender=type(user), guest_key=guest.key, user=user, now=NOW)
    with pytest.raises(Banned):
        say(room, as_viewer(user))
    copied = Sanction.objects.get(target_key=user_key(user))
    assert copied.target_tag == author_tag(room.pk, user_key(user))


def test_people_at_work_take_no_sanction_along(room, lead):
    guest = make_guest()
    give(room, person(room, guest), lead)
    moderator = staff(room, StaffRole.MODERATOR)
    guest_signed_in.send(sender=type(moderator), guest_key=guest.key, user=moderator, now=NOW)
    assert Sanction.objects.count() == 1


def test_hashes_tell_nothing_and_differ_by_kind():
    one = origin_of(session_key="198.51.100.7", address="198.51.100.7")
    assert "198" not in one.session_hash + one.address_hash
    assert one.session_hash != one.address_hash
    assert origin_of(session_key="", address=None) == Origin()


# --- Circles of writers ------------------------------------------------------------------------------------
def test_a_room_for_followers(room):
    host, fan = make_host(), make_user()
    make_event_host(room.event, host=host)
    room.writers = "followers"
    room.save()
    for stranger in (make_guest(), as_viewer(make_user())):
        with pytest.raises(FollowersOnly):
            say(room, stranger)
    make_follow(host, user=fan)
    assert say(room, as_viewer(fan)).state == LineState.SHOWN
    assert say(room, as_viewer(make_user()), badge="moderator").state == LineState.SHOWN


def test_a_room_for_buyers_when_no_shop_answers(room):
    room.writers = "buyers"
    room.save()
    with pytest.raises(BuyersOnly):
        say(room, make_guest())


def test_where_lines_came_from_is_forgotten_after_thirty_days(room, lead):
    timeout = give(room, person(room, make_guest(), origin=HERE), lead, "timeout", seconds=60).sanction
    ban = banned(room, lead)
    assert forget_origins(now=NOW + timedelta(days=29)) == 0
    # Two lines and the timeout.
    assert forget_origins(now=NOW + timedelta(days=31)) == 3
    assert not ChatMessage.objects.exclude(address_hash="").exists()
    kept = Sanction.objects.exclude(address_hash="")
    assert (list(kept), timeout in kept) == ([ban], False)
    lift_sanction(ban, room, by=lead, now=NOW)
    assert forget_origins(now=NOW + timedelta(days=31)) == 1


def test_rows_read_well(room):
    assert str(make_sanction(room)) == "ban Eve"
