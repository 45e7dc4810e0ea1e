"""Who came: written once at the door, by viewers only."""

import pytest
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.domain.viewers import user_key
from accounts.enums import Role
from livechat.consumers.door import admit
from livechat.domain import attendance, presence, returning
from livechat.domain.returning import return_pass
from livechat.domain.tickets import issue_ticket
from livechat.models import AccuracyReport, AnswerVerdict, Attendance, Room
from tests.factories.accounts import make_user
from tests.factories.catalog import make_member
from tests.factories.events import NOW, make_event, make_event_host, make_host
from tests.factories.livechat import as_viewer, make_question, make_room
from tests.livechat.conftest import make_session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch):
    monkeypatch.setattr(returning, "_facts", {})


@pytest.fixture
def room():
    return make_room()


def come(room, *, guest="Mina", user=None, crowd=False):
    """Somebody enters with a ticket; their viewer."""
    if user is None:
        session, viewer = make_session(guest_name=guest)
    else:
        store = SessionStore()
        store[SESSION_KEY], store[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
        store.save()
        session, viewer = store.session_key, as_viewer(user)
    now = timezone.now()
    ticket = issue_ticket(room, viewer=viewer, session_key=session, rehearsal=crowd, now=now)
    assert admit(room.event.slug, ticket=ticket, session=session) is not None
    return session, viewer


def came(room):
    return list(Attendance.objects.filter(room=room).values_list("viewer_key", flat=True))


def test_a_guest_and_an_account_are_written_down_once_each(room):
    _, guest = come(room)
    person = make_user()
    come(room, user=person)
    come(room, user=person)
    assert came(room) == [guest.key, user_key(person)]


def test_people_at_work_and_the_rehearsal_crowd_are_not(room):
    staff, host = make_user(), make_user()
    make_member(staff, room.event.brand, Role.MERCHANDISER)
    make_event_host(room.event, host=make_host(user=host))
    come(room, user=staff)
    come(room, user=host)
    come(room, crowd=True)
    assert came(room) == []


def test_it_costs_one_statement_and_coming_back_none(room):
    session, viewer = make_session()
    ticket = issue_ticket(room, viewer=viewer, session_key=session, rehearsal=False, now=timezone.now())
    with CaptureQueriesContext(
        connection,
    ) as entering:
        admit(room.event.slug, ticket=ticket, session=session)
    written = [one["sql"] for one in entering if "livechat_attendance" in one["sql"]]
    assert [sql.split()[0] for sql in written] == ["INSERT"]
    back = return_pass(room, viewer_key=viewer.key, session_key=session, crowd=False)
    with CaptureQueriesContext(connection) as returning_queries:
        admit(room.event.slug, ticket=back, session=session)
    assert [one for one in returning_queries if "livechat_attendance" in one["sql"]] == []


def test_a_guest_who_signs_in_takes_it_along_and_nobody_counts_twice(room):
    user, other = make_user(), make_room()
    for place in (room, other):
        attendance.note(place, viewer_key="guest:me", now=NOW)
    attendance.note(room, viewer_key=user_key(user), now=NOW)
    question = make_question(room, state="answered")
    AnswerVerdict.objects.create(question=question, viewer_key="guest:me", helpful=True, at=NOW)
    attendance.follow_into_account("guest:me", user)
    assert came(room) == came(other) == [user_key(user)]
    assert AnswerVerdict.objects.get().viewer_key == user_key(user)


def test_what_the_account_said_before_stands_and_people_at_work_leave_nothing(room):
    user, other = make_user(), make_room(make_event(state="ended"))
    make_member(user, other.event.brand, Role.AGENT)
    host, question = make_host(), make_question(room, state="answered")
    for key, helpful in (("guest:me", False), (user_key(user), True)):
        AnswerVerdict.objects.create(question=question, viewer_key=key, helpful=helpful, at=NOW)
    attendance.note(other, viewer_key="guest:me", now=NOW)
    AccuracyReport.objects.create(
        room=other, host=host, product=question.product, viewer_key="guest:me", text="No", at=NOW
    )
    attendance.follow_into_account("guest:me", user)
    assert list(AnswerVerdict.objects.values_list("viewer_key", "helpful")) == [(user_key(user), True)]
    assert (came(other), AccuracyReport.objects.count()) == ([], 0)


def test_following_costs_the_same_for_one_room_and_for_many(django_assert_num_queries):
    def costs(rooms):
        user, key = make_user(), f"guest:{rooms}"
        for _ in range(rooms):
            attendance.note(make_room(), viewer_key=key, now=NOW)
        with CaptureQueriesContext(connection) as found:
            attendance.follow_into_account(key, user)
        return len(found)

    assert costs(1) == costs(4)


def test_the_most_viewers_at_once_are_kept_of_live_rooms_only(room, django_assert_num_queries):
    rehearsing = make_room(make_event(state="rehearsal"))
    for viewers in (3, 7, 5):
        presence.keep_peaks({each.pk: {"viewers": viewers} for each in (room, rehearsing)})
    assert [Room.objects.get(pk=each.pk).peak_viewers for each in (room, rehearsing)] == [7, 0]
    with django_assert_num_queries(1):
        presence.keep_peaks({room.pk: {"viewers": 7}})
