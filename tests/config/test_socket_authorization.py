"""Who gets through the door of the one socket there is, and what may be said there at all."""

import pytest

from events.models import Event
from livechat.routing import websocket_urlpatterns
from livechat.wire.frames import FROM_CLIENT
from tests.config.test_authorization import COLUMNS, sides
from tests.config.world import World, make_world

pytestmark = pytest.mark.django_db

# + a ticket   x refused   . nothing there; own brand first, then the other, as in authorization.txt
DOORS = {
    #             anonymous viewer host  producer merchandiser moderator agent admin
    "live": ["+", "+", "++", "++", "++", "++", "++", "+"],
    "rehearsal": ["x", "x", "+x", "+x", "xx", "+x", "xx", "+"],
    "scheduled": ["x", "x", "xx", "xx", "xx", "xx", "xx", "x"],
    "draft": [".", ".", "x.", "x.", "..", "x.", "..", "x"],
}
SAID = {200: "+", 201: "+", 401: "x", 403: "x", 404: ".", 409: "x"}


def door(world: World, role: str) -> str:
    answers = ""
    for side in sides(world, role):
        client = world.client(role)
        client.get("/")
        answers += SAID[client.post(f"/api/v1/rooms/{side.event.slug}/ticket/").status_code]
    return answers


@pytest.mark.parametrize("state", DOORS)
def test_the_rooms_door_opens_to_whom_it_should(state: str) -> None:
    world = make_world()
    Event.objects.update(state=state)
    assert [door(world, role) for role in COLUMNS] == DOORS[state]


def test_there_is_one_socket_and_everything_else_is_refused() -> None:
    assert [str(route.pattern) for route in websocket_urlpatterns] == ["ws/rooms/<slug:slug>/", ""]


def test_a_client_can_say_six_things_only() -> None:
    assert sorted(FROM_CLIENT) == ["chat.send", "lag", "ping", "react", "since", "vote"]
