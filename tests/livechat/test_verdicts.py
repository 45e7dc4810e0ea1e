"""Did this help? One word per viewer, the last counts; people at work have none."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from livechat.domain import verdicts
from livechat.domain.verdicts import MOST_A_MINUTE, Verdicts, judge
from livechat.errors import NotAllowed, NotAnswered, TooFast
from livechat.models import AnswerVerdict
from tests.factories.accounts import make_user
from tests.factories.catalog import make_member
from tests.factories.events import NOW, make_event, make_event_host, make_host
from tests.factories.livechat import as_viewer, make_guest, make_question, make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return make_room(make_event(state="ended"))


@pytest.fixture
def answered(room):
    return make_question(room, state="answered", answer="Goat.", answered_at=NOW)


def test_the_last_word_of_each_counts(answered):
    first, second = make_guest(), make_guest()
    judge(answered, viewer=first, helpful=False, now=NOW)
    judge(answered, viewer=first, helpful=True, now=NOW)
    judge(answered, viewer=second, helpful=False, now=NOW)
    assert verdicts.of([answered], viewer_key=first.key) == {answered.pk: Verdicts(1, 1, mine=True)}
    assert verdicts.of([answered], viewer_key=second.key)[answered.pk].mine is False
    assert verdicts.of([answered]) == {answered.pk: Verdicts(1, 1)}


@pytest.mark.parametrize(
    "over", [{"state": "open"}, {"state": "removed"}, {"state": "answered", "hidden": True}]
)
def test_only_answers_the_room_sees_are_judged(room, over):
    with pytest.raises(NotAnswered):
        judge(make_question(room, **over), viewer=make_guest(), helpful=True, now=NOW)


def test_people_at_work_and_the_crowd_have_no_say(room, answered):
    host, agent = make_user(), make_user()
    make_event_host(room.event, host=make_host(user=host))
    make_member(agent, room.event.brand, Role.AGENT)
    for who in (host, agent):
        with pytest.raises(NotAllowed):
            judge(answered, viewer=as_viewer(who), helpful=True, now=NOW)
    with pytest.raises(NotAllowed):
        judge(answered, viewer=make_guest(), helpful=True, now=NOW, rehearsal=True)
    with pytest.raises(NotAllowed):
        judge(
            make_question(room, state="answered", rehearsal=True), viewer=make_guest(), helpful=True, now=NOW
        )


def hurry(room, viewer, times):
    AnswerVerdict.objects.bulk_create(
        AnswerVerdict(
            question=make_question(room, state="answered"), viewer_key=viewer.key, helpful=True, at=NOW
        )
        for _ in range(times)
    )


def test_nobody_reads_twenty_answers_in_a_minute(room, answered):
    viewer = make_guest()
    hurry(room, viewer, MOST_A_MINUTE)
    with pytest.raises(TooFast):
        judge(answered, viewer=viewer, helpful=True, now=NOW)
    judge(answered, viewer=viewer, helpful=True, now=NOW + timedelta(minutes=1))


def test_twin_without_the_pace_a_script_judges_everything(room, answered, monkeypatch):
    monkeypatch.setattr(verdicts, "_check_pace", lambda *args, **kwargs: None)
    viewer = make_guest()
    hurry(room, viewer, MOST_A_MINUTE)
    judge(answered, viewer=viewer, helpful=True, now=NOW)
    assert AnswerVerdict.objects.count() == MOST_A_MINUTE + 1


def test_without_script_a_form_judges_and_leads_back(room, answered, client):
    url, back = reverse("answer-verdict", args=[answered.public_id]), reverse("event", args=[room.event.slug])
    page = client.get(back).content.decode()
    assert ("Did this help?" in page, url in page) == (True, True)
    assert client.post(url, {"helpful": "yes", "next": f"{back}#there"})["Location"] == f"{back}#there"
    assert client.post(url, {"helpful": "no", "next": "https://evil.example/"})["Location"] == back
    assert "0 of 1 reader found this helpful" in client.get(back).content.decode()
    assert client.post(url, {"helpful": "perhaps"}).status_code == 404


def test_the_product_page_asks_too_and_leads_back_to_itself(room, answered, client):
    fragment = client.get(reverse("product-questions", args=[answered.product.slug])).content.decode()
    assert f'value="{reverse("product", args=[answered.product.slug])}#verdict-' in fragment


def test_over_the_api_the_answer_says_what_all_say(room, answered):
    client = Client()
    url = reverse("api-room-question-verdict", args=[room.event.slug, answered.public_id])
    body = {"id": answered.public_id, "yes": 1, "no": 0, "mine": True}
    assert client.post(url, {"helpful": True}, content_type="application/json").json() == body
    listed = client.get(reverse("api-room-questions", args=[room.event.slug])).json()["results"]
    assert [card["helped"] for card in listed] == [True]
    refused = client.post(url, {"helpful": "maybe"}, content_type="application/json")
    assert refused.status_code == 400


def test_pages_cost_the_same_for_few_and_many_answers(room, answered, client, django_assert_max_num_queries):
    url = reverse("event", args=[room.event.slug])
    client.get(url)
    with django_assert_max_num_queries(60) as few:
        client.get(url)
    for _ in range(5):
        make_question(room, product=answered.product, state="answered", answer="Goat.", answered_at=NOW)
    with django_assert_max_num_queries(60) as many:
        client.get(url)
    assert len(few) == len(many)
