"""Coming back without a ticket: the pass that hello gives."""

from datetime import timedelta

import pytest
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core import signing
from django.db import IntegrityError

from accounts.domain.viewers import guest_key, user_key
from accounts.models import User
from livechat.domain import returning
from livechat.domain.polls import poll_card
from livechat.domain.returning import facts_of, redeem_pass, return_pass
from livechat.models import RoomTicket, Sanction, SanctionKind
from tests.factories.accounts import make_user
from tests.factories.events import NOW
from tests.factories.livechat import make_room
from tests.livechat.conftest import make_session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch):
    """Every test reads its own room."""
    monkeypatch.setattr(returning, "_facts", {})


@pytest.fixture
def room():
    return make_room()


def come_back(room, token, session):
    return redeem_pass(token, slug=room.event.slug, session_key=session, now=NOW)


def guest_pass(room, *, name="Mina", crowd=False):
    session, viewer = make_session(guest_name=name)
    return return_pass(room, viewer_key=viewer.key, session_key=session, crowd=crowd), session, viewer


def signed_in(user):
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session.save()
    return session.session_key


def test_a_pass_brings_the_same_viewer_back(room):
    token, session, viewer = guest_pass(room, name="Wei", crowd=True)
    arrival = come_back(room, token, session)
    assert (arrival.room, arrival.viewer, arrival.crowd) == (room, viewer, True)


def test_a_pass_is_good_once(room):
    token, session, _viewer = guest_pass(room)
    assert come_back(room, token, session) is not None
    assert come_back(room, token, session) is None


def test_twin_without_the_unique_key_a_pass_is_good_twice(room, monkeypatch):
    monkeypatch.setattr(returning, "_use_up", lambda *args, **kwargs: True)
    token, session, _viewer = guest_pass(room)
    assert come_back(room, token, session) is not None
    assert come_back(room, token, session) is not None


def test_a_used_pass_is_remembered_as_long_as_it_could_be_used(room):
    token, session, _viewer = guest_pass(room)
    come_back(room, token, session)
    assert RoomTicket.objects.get().expires_at - NOW == returning.LIFE


def test_the_key_refuses_a_second_use(room):
    token, session, _viewer = guest_pass(room)
    come_back(room, token, session)
    used = RoomTicket.objects.get()
    used.pk = None
    with pytest.raises(IntegrityError):
        used.save(force_insert=True)


def test_a_pass_is_no_good_in_another_session_or_room(room):
    token, session, _viewer = guest_pass(room)
    _other, thief, _eve = guest_pass(room, name="Eve")
    assert come_back(room, token, thief) is None
    assert come_back(make_room(), token, session) is None


def test_twin_without_the_session_in_it_a_pass_is_good_for_a_thief(room, monkeypatch):
    monkeypatch.setattr(returning, "_bound", lambda session_key: "")
    monkeypatch.setattr(returning, "_viewer_key", lambda session, user: guest_key("g-Mina"))
    token, _session, _viewer = guest_pass(room)
    _other, thief, _eve = guest_pass(room, name="Eve")
    assert come_back(room, token, thief) is not None


@pytest.mark.parametrize(
    "token",
    ["r.", "r.nonsense", "r." + signing.dumps([1, "user:1", "", 0, ""])],
    ids=["empty", "nonsense", "signed for something else"],
)
def test_a_forged_pass_opens_nothing(room, token):
    session, _viewer = make_session()
    assert come_back(room, token, session) is None


def test_a_late_pass_opens_nothing(room, monkeypatch):
    monkeypatch.setattr(returning, "LIFE", timedelta(seconds=-1))
    token, session, _viewer = guest_pass(room)
    assert come_back(room, token, session) is None


def test_a_session_that_ended_has_no_pass(room):
    token, session, _viewer = guest_pass(room)
    SessionStore(session).delete()
    assert come_back(room, token, session) is None


def test_an_account_comes_back_as_itself_until_its_password_changes(room):
    user = make_user(display_name="Noor")
    session = signed_in(user)
    mine = [return_pass(room, viewer_key=user_key(user), session_key=session, crowd=False) for _ in range(2)]
    arrival = come_back(room, mine[0], session)
    assert (arrival.viewer.user, arrival.viewer.name) == (user, "Noor")
    user.set_password("another-one-2026")
    user.save()
    assert come_back(room, mine[1], session) is None


def test_a_closed_account_does_not_come_back(room):
    user = make_user()
    session = signed_in(user)
    token = return_pass(room, viewer_key=user_key(user), session_key=session, crowd=False)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert come_back(room, token, session) is None


def test_a_guest_who_signed_in_meanwhile_needs_a_ticket(room):
    token, session, _viewer = guest_pass(room)
    store = SessionStore(session)
    user = make_user()
    store[SESSION_KEY], store[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    store.save()
    assert come_back(room, token, session) is None


def test_what_a_wave_asks_alike_is_read_once(room, django_assert_num_queries):
    passes = [guest_pass(room, name=f"Guest {number}") for number in range(3)]
    facts_of(room.event.slug)
    # The session, and the mark that the pass is used, with its savepoint.
    with django_assert_num_queries(3 * 4):
        for token, session, _viewer in passes:
            come_back(room, token, session)


def test_a_sanction_or_a_poll_in_the_room_is_known_to_the_door(room):
    quiet = facts_of(room.event.slug)
    assert (quiet.any_sanction, quiet.any_poll, poll_card(room)) == (False, False, None)
    returning._facts.clear()
    Sanction.objects.create(
        kind=SanctionKind.BAN, brand=room.event.brand, room=room, target_key="guest:1", at=NOW
    )
    room.polls.create(question="Which?", options=["A", "B"], opened_at=NOW)
    loud = facts_of(room.event.slug)
    assert (loud.any_sanction, loud.any_poll) == (True, True)
