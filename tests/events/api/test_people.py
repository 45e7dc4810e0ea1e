"""Per-event staff and the stream key over the API."""

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from accounts.enums import Role
from accounts.models import User
from events.domain import streams
from events.enums import StaffRole
from events.errors import BadStreamKey
from events.models import Event, Stream
from events.rules import can_moderate
from tests.factories.accounts import make_user
from tests.factories.catalog import make_member
from tests.factories.events import NOW, make_event, make_event_host, make_event_staff, make_host

pytestmark = pytest.mark.django_db

STAFF, KEY = "/api/v1/events/show/staff/", "/api/v1/events/show/stream-key/"


@pytest.fixture
def event() -> Event:
    cache.clear()
    return make_event(slug="show", state="live")


def signed_in(user: User) -> APIClient:
    client = APIClient()
    client.force_login(user)
    return client


@pytest.fixture
def api(event: Event) -> APIClient:
    producer = make_user()
    make_member(producer, event.brand)
    return signed_in(producer)


def test_a_producer_puts_people_on_one_show_and_takes_them_off(api: APIClient, event: Event) -> None:
    helper = make_user(email="ada@shop.example", display_name="Ada")
    shown = {"user": helper.public_id, "name": "Ada", "email": "ada@shop.example", "role": "moderator"}
    body = {"email": "ADA@shop.example", "role": "moderator"}
    for _ in range(2):
        answer = api.post(STAFF, body, format="json")
        assert (answer.status_code, answer.json()) == (201, shown)
    listed = api.get(STAFF)
    assert listed.json() == {"count": 1, "next": None, "previous": None, "results": [shown]}
    assert "no-store" in listed["Cache-Control"]
    assert can_moderate(helper, event)
    for _ in range(2):
        assert api.delete(f"{STAFF}?user={helper.public_id}&role=moderator").status_code == 204
    assert (can_moderate(helper, event), event.staff.count()) == (False, 0)


def test_people_without_an_account_and_unknown_work_are_refused_beside_their_field(
    api: APIClient, event: Event
) -> None:
    locked = make_user(is_active=False)
    for body, field in [
        ({"email": "nobody@shop.example", "role": "agent"}, "email"),
        ({"email": locked.email, "role": "agent"}, "email"),
        ({"email": make_user().email, "role": "host"}, "role"),
    ]:
        answer = api.post(STAFF, body, format="json")
        assert (answer.status_code, list(answer.json()["error"]["fields"])) == (400, [field])
    assert api.delete(f"{STAFF}?user=nobody&role=agent").status_code == 400
    assert event.staff.count() == 0


def test_a_locked_account_can_still_be_taken_off(api: APIClient, event: Event) -> None:
    locked = make_user(is_active=False)
    make_event_staff(event, user=locked, role=StaffRole.AGENT)
    assert api.delete(f"{STAFF}?user={locked.public_id}&role=agent").status_code == 204
    assert event.staff.count() == 0


def test_staff_of_a_show_is_its_producers_business(event: Event) -> None:
    agent, stranger = make_user(), make_user()
    make_member(agent, event.brand, Role.AGENT)
    asked = [signed_in(person).get(STAFF).status_code for person in (agent, stranger)]
    assert [APIClient().get(STAFF).status_code, *asked] == [403, 403, 404]


def test_a_host_gets_a_key_that_opens_the_picture_and_is_kept_nowhere(event: Event) -> None:
    user = make_user()
    make_event_host(event, host=make_host(user=user))
    answer = signed_in(user).post(KEY)
    given = answer.json()
    stream = Stream.objects.get(event=event)
    assert (answer.status_code, given["ingest"], given["protocol"]) == (
        201,
        f"/ingest/{stream.public_id}/",
        "mediarecorder",
    )
    assert "no-store" in answer["Cache-Control"]
    assert streams.authorize(stream.public_id, given["key"], now=NOW) == stream
    assert given["key"] != stream.key_hash


def test_asking_again_gives_another_key_and_voids_the_first(api: APIClient, event: Event) -> None:
    first, second = (api.post(KEY).json()["key"] for _ in range(2))
    assert first != second
    with pytest.raises(BadStreamKey):
        streams.authorize(event.stream.public_id, first, now=NOW)


def test_there_is_no_key_before_the_rehearsal_or_for_others(api: APIClient, event: Event) -> None:
    moderator = make_user()
    make_member(moderator, event.brand, Role.MODERATOR)
    asked = [signed_in(person).post(KEY).status_code for person in (moderator, make_user())]
    assert [APIClient().post(KEY).status_code, *asked] == [403, 403, 404]
    assert not Stream.objects.exists()
    Event.objects.update(state="scheduled")
    answer = api.post(KEY)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "not_ready")
