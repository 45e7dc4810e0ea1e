"""What a line carries from its writer to every screen: the line it answers, people, its language, links."""

import pytest

from livechat.domain.authors import author_tag
from livechat.domain.messages import post_message
from livechat.domain.snapshot import snapshot
from livechat.errors import NoLinks
from livechat.models import ChatMessage, RoomFrame
from tests.factories.accounts import make_user
from tests.factories.events import NOW
from tests.factories.livechat import as_viewer, make_guest, make_message, make_room

pytestmark = pytest.mark.django_db


def post(room, viewer, text, *, client_id="c1", badge="", reply=""):
    return post_message(
        room, viewer=viewer, text=text, client_id=client_id, badge=badge, now=NOW, reply=reply
    )


def frame_of(line):
    """The line as the log tells it."""
    return RoomFrame.objects.get(room=line.room, seq=line.seq).body


def test_a_reply_is_in_the_frame_and_in_the_snapshot_alike():
    room = make_room()
    asked = post(room, make_guest(), "Is it lined?")
    answer = post(room, make_guest(), "It is", reply=asked.public_id)
    assert frame_of(answer)["reply"] == asked.public_id
    assert snapshot(room, now=NOW)["chat"][-1]["reply"] == asked.public_id


def test_a_reply_to_nothing_is_a_line_like_any_other():
    room = make_room()
    elsewhere = make_message(make_room())
    for reply in (elsewhere.public_id, "nonsense"):
        line = post(room, make_guest(), "It is", client_id=reply[:40], reply=reply)
        assert frame_of(line)["reply"] == ""


def test_people_are_named_by_their_tags_in_frame_and_snapshot():
    room, wei = make_room(), make_guest("Wei")
    post(room, wei, "Good evening")
    line = post(room, make_guest(), "@Wei good evening")
    tag = author_tag(room.pk, wei.key)
    assert frame_of(line)["mentions"] == [tag]
    assert snapshot(room, now=NOW)["chat"][-1]["mentions"] == [tag]


@pytest.mark.parametrize(
    ("text", "lang"), [("这条可以机洗吗？", "zh-Hans"), ("Is it lined?", "en"), ("ok", "")]
)
def test_a_line_says_its_language_when_it_is_plain(text, lang):
    line = post(make_room(), make_guest(), text)
    assert (frame_of(line)["lang"], line.lang) == (lang, lang)


@pytest.mark.parametrize("text", ["see shop.example.com", "shop\u200b.example.com", "example dot com"])
def test_a_viewers_line_that_leads_out_of_the_house_is_refused_and_leaves_nothing(text):
    room = make_room()
    with pytest.raises(NoLinks):
        post(room, make_guest(), text)
    assert (ChatMessage.objects.count(), RoomFrame.objects.count()) == (0, 0)


@pytest.mark.parametrize("badge", ["host", "staff", "moderator"])
def test_people_at_work_may_send_links_and_the_frame_says_so(badge):
    line = post(make_room(), as_viewer(make_user()), "https://care.example.com/silk", badge=badge)
    assert frame_of(line)["links"] is True
