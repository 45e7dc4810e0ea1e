"""Whom a line names, and which line it answers."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.domain.viewers import user_key
from livechat.domain.authors import author_tag
from livechat.domain.mentions import MOST, RECENT_LINES, mentioned
from livechat.domain.replies import replied_line
from livechat.models import LineState
from tests.factories.accounts import make_user
from tests.factories.events import NOW, make_event_host, make_host
from tests.factories.livechat import make_message, make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return make_room()


def speaks(room, name, *, seq=1, **over):
    """Somebody whose line stands in the room; their tag."""
    tag = author_tag(room.pk, f"guest:{name}:{seq}")
    make_message(room, author_name=name, author_tag=tag, seq=seq, at=NOW + timedelta(seconds=seq), **over)
    return tag


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Élise", "@Élise is it lined?"),
        ("Élise", "thanks @élise"),
        ("Élise", "@ELISE".replace("E", "É", 1)),
        ("Élise", "yes, @Élise!"),
        ("Élise", "@Élise's is blue"),
        ("Maison Aurèle", "good evening @Maison Aurèle and all"),
        ("小美", "谢谢@小美的回答"),
        ("小美", "@小美 晚上好"),
        ("美咲", "@美咲さん、こんばんは"),
        ("Ｗｅｉ", "@Wei good evening"),
        ("نور", "@نور مساء الخير"),
    ],
)
def test_a_name_after_an_at_sign_is_its_owner(room, name, text):
    tag = speaks(room, name)
    assert mentioned(room, text) == [tag]


@pytest.mark.parametrize(
    "text",
    ["Élise is here", "@", "@ Élise", "@Élisea", "@Elis", "anna@Élise", "@@Élise", "@Nobody", "a.@Élise"],
)
def test_anything_else_is_nobody(room, text):
    speaks(room, "Élise")
    assert mentioned(room, text) == []


def test_the_longest_name_is_meant(room):
    speaks(room, "Ann")
    both = speaks(room, "Ann Lee", seq=2)
    assert mentioned(room, "@Ann Lee hello") == [both]


def test_of_two_people_of_one_name_the_one_who_spoke_last_is_meant(room):
    speaks(room, "Mina", seq=1)
    last = speaks(room, "Mina", seq=2)
    assert mentioned(room, "@Mina") == [last]


def test_hosts_are_known_before_they_have_spoken(room):
    host = make_host(user=make_user(display_name="Elo"), name="Élodie Renard")
    make_event_host(room.event, host=host)
    tag = author_tag(room.pk, user_key(host.user))
    assert mentioned(room, "@Élodie Renard is it silk?") == [tag]
    assert mentioned(room, "@Elo is it silk?") == [tag]


@pytest.mark.parametrize(
    "over", [{"state": LineState.HIDDEN}, {"state": LineState.HELD}, {"deleted_at": NOW}]
)
def test_people_whose_lines_nobody_sees_cannot_be_named(room, over):
    speaks(room, "Élise", **over)
    assert mentioned(room, "@Élise") == []


def test_people_of_other_rooms_are_not_named(room):
    speaks(make_room(), "Élise")
    assert mentioned(room, "@Élise") == []


def test_who_fell_silent_long_ago_is_not_named(room):
    tag = speaks(room, "Élise", seq=1)
    for seq in range(2, RECENT_LINES + 1):
        make_message(room, author_name="Chatter", author_tag="t", seq=seq)
    assert mentioned(room, "@Élise") == [tag]
    make_message(room, author_name="Chatter", author_tag="t", seq=RECENT_LINES + 1)
    assert mentioned(room, "@Élise") == []


def test_nobody_names_themselves_and_nobody_twice(room):
    mina, wei = speaks(room, "Mina"), speaks(room, "Wei", seq=2)
    assert mentioned(room, "@Mina @Wei @wei", by=mina) == [wei]


def test_a_line_calls_five_people_at_most(room):
    tags = [speaks(room, f"Guest{n}", seq=n) for n in range(1, 8)]
    assert mentioned(room, " ".join(f"@Guest{n}" for n in range(1, 8))) == tags[:MOST]


def test_a_line_without_an_at_sign_asks_the_database_nothing(room):
    with CaptureQueriesContext(connection) as asked:
        assert mentioned(room, "Is it lined?") == []
    assert len(asked) == 0


def test_a_reply_is_to_a_line_that_stands_in_the_room(room):
    line = make_message(room)
    assert replied_line(room, line.public_id) == line


@pytest.mark.parametrize(
    "over",
    [
        {"deleted_at": NOW},
        {"state": LineState.HIDDEN},
        {"state": LineState.HELD},
        {"state": LineState.REFUSED},
    ],
)
def test_a_line_nobody_sees_cannot_be_answered(room, over):
    assert replied_line(room, make_message(room, **over).public_id) is None


def test_a_line_of_another_room_cannot_be_answered(room):
    assert replied_line(room, make_message(make_room()).public_id) is None


@pytest.mark.parametrize("line_id", ["", "nonsense", "x" * 10_000])
def test_an_id_that_is_none_is_no_reply(room, line_id):
    assert replied_line(room, line_id) is None
