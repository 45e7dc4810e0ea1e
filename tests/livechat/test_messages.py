"""Chat: who may write, how often, and what a deletion leaves behind."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from events.enums import EventState, StaffRole
from livechat.domain import log
from livechat.domain.authors import author_tag
from livechat.domain.messages import post_message
from livechat.domain.moderation import delete_message
from livechat.domain.snapshot import snapshot
from livechat.errors import AccountNeeded, NameNeeded, NameReserved, NotAllowed, NotOpen, TooFast
from livechat.models import ChatMessage, Room, RoomFrame
from tests.factories.accounts import make_user
from tests.factories.events import NOW, make_event, make_event_staff, make_host
from tests.factories.livechat import as_viewer, make_guest, make_room


def say(room, viewer, text="Is it lined?", client_id="c1", badge="", now=NOW):
    """A line; each has words of its own, for the same twice is refused."""
    text = text if client_id == "c1" else f"{text} {client_id}"
    return post_message(room, viewer=viewer, text=text, client_id=client_id, badge=badge, now=now)


@pytest.fixture
def moderated():
    room, moderator = make_room(), make_user()
    make_event_staff(room.event, user=moderator, role=StaffRole.MODERATOR)
    return room, moderator


@pytest.mark.django_db
def test_a_line_is_a_row_and_a_frame():
    room = make_room()
    message = say(room, make_guest("Mina"))
    frame = RoomFrame.objects.get(room=room)
    assert frame.body == {
        "id": message.public_id,
        "name": "Mina",
        "badge": "",
        "text": "Is it lined?",
        "rehearsal": False,
        "author": author_tag(room.pk, message.author_key),
        "reply": "",
        "mentions": [],
        "lang": "en",
        "links": False,
    }
    assert (message.seq, frame.seq) == (1, 1)


@pytest.mark.django_db
def test_the_same_client_id_is_the_same_line():
    room, viewer = make_room(), make_guest()
    first, again = say(room, viewer), say(room, viewer, text="Something else")
    assert again.pk == first.pk
    assert RoomFrame.objects.count() == 1


@pytest.mark.django_db
def test_two_people_may_use_the_same_client_id():
    room = make_room()
    assert say(room, make_guest()).pk != say(room, make_guest()).pk


@pytest.mark.django_db
def test_a_guest_without_a_name_may_not_write():
    with pytest.raises(NameNeeded):
        say(make_room(), make_guest(name=""))


@pytest.mark.django_db
def test_a_room_may_ask_for_an_account():
    room = make_room(chat_needs_account=True)
    with pytest.raises(AccountNeeded):
        say(room, make_guest())
    assert say(room, as_viewer(make_user())).text == "Is it lined?"


@pytest.mark.django_db
@pytest.mark.parametrize("state", [EventState.SCHEDULED, EventState.ENDED])
def test_nobody_writes_in_a_closed_room(state):
    with pytest.raises(NotOpen):
        say(make_room(make_event(state=state)), make_guest())


@pytest.mark.django_db
def test_twenty_lines_in_thirty_seconds_pass_and_the_next_does_not():
    room, viewer = make_room(), make_guest()
    for number in range(20):
        say(room, viewer, client_id=f"c{number}")
    with pytest.raises(TooFast):
        say(room, viewer, client_id="c20")
    assert ChatMessage.objects.count() == RoomFrame.objects.count() == 20
    assert say(room, viewer, client_id="c20", now=NOW + timedelta(seconds=31)).seq == 21


@pytest.mark.django_db
def test_people_at_work_write_faster():
    room, viewer = make_room(), make_guest()
    for number in range(21):
        say(room, viewer, client_id=f"c{number}", badge="host")
    assert ChatMessage.objects.count() == 21


@pytest.mark.django_db
def test_a_deleted_line_is_gone_from_snapshot_and_replay_and_keeps_its_place(moderated):
    room, moderator = moderated
    message = say(room, make_guest(), text="Buy at my shop")
    assert delete_message(message, by=moderator, now=NOW).verb == "delete"
    replay = [log.to_message(frame) for frame in log.since(room, epoch=room.epoch, seq=0)]
    assert [frame["type"] for frame in replay] == ["chat.posted", "chat.deleted"]
    assert "my shop" not in f"{replay}{snapshot(room, now=NOW)}"
    assert [line["deleted"] for line in snapshot(room, now=NOW)["chat"]] == [True]


@pytest.mark.django_db
def test_deleting_twice_writes_one_frame(moderated):
    room, moderator = moderated
    message = say(room, make_guest())
    done = [delete_message(message, by=moderator, now=NOW) for _ in range(2)]
    assert [act and act.verb for act in done] == ["delete", None]
    assert room.frames.filter(type="chat.deleted").count() == 1


@pytest.mark.django_db
def test_viewers_and_other_moderators_may_not_delete(moderated):
    room, _moderator = moderated
    elsewhere = make_user()
    make_event_staff(make_room().event, user=elsewhere, role=StaffRole.MODERATOR)
    message = say(room, make_guest())
    for person in (make_user(), elsewhere):
        with pytest.raises(NotAllowed):
            delete_message(message, by=person, now=NOW)
    assert ChatMessage.objects.get().deleted_at is None


@pytest.mark.django_db
def test_twin_without_the_permission_check_anybody_deletes(moderated, monkeypatch):
    monkeypatch.setattr("livechat.domain.acts.can_moderate", lambda *_: True)
    room, _moderator = moderated
    assert delete_message(say(room, make_guest()), by=make_user(), now=NOW).verb == "delete"


@pytest.mark.django_db
def test_deleting_a_line_of_an_older_epoch_redacts_no_stranger(moderated):
    room, moderator = moderated
    old = say(room, make_guest())
    log.restart(room)
    new = say(Room.objects.get(pk=room.pk), make_guest(), client_id="c2")
    assert old.seq == new.seq == 1
    delete_message(old, by=moderator, now=NOW)
    assert RoomFrame.objects.get(seq=1).body["id"] == new.public_id


@pytest.mark.django_db
def test_a_name_that_became_a_hosts_is_refused_when_writing_a_minute_later():
    room, viewer = make_room(), make_guest("Camille Aubry")
    say(room, viewer)
    make_host(name="Camille Aubry")
    assert say(room, viewer, client_id="c2", now=NOW + timedelta(seconds=59)).author_name == "Camille Aubry"
    with pytest.raises(NameReserved):
        say(room, viewer, client_id="c3", now=NOW + timedelta(minutes=2))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Support", "ѕᴜᴘᴘᴏʀᴛ", "Official Anna", "客服小王"])
def test_nobody_speaks_for_the_house_even_with_a_name_from_before(name):
    with pytest.raises(NameReserved):
        say(make_room(), make_guest(name))


def in_parallel(work, times):
    def one(number):
        try:
            return work(number)
        except TooFast:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(one, range(times)))


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_same_line_sent_in_parallel_is_one_row():
    room, viewer = make_room(), make_guest()
    found = in_parallel(lambda _number: say(room, viewer).pk, 12)
    assert len(set(found)) == 1
    assert ChatMessage.objects.count() == Room.objects.get(pk=room.pk).head == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_the_limit_is_exact_for_parallel_lines():
    room, viewer = make_room(), make_guest()
    found = in_parallel(lambda number: say(room, viewer, client_id=f"c{number}"), 30)
    assert sum(1 for message in found if message) == ChatMessage.objects.count() == 20
