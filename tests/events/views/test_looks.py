"""The look of a show over HTTP: its stylesheet, the pages that wear it, the studio and the API."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.enums import Role
from events.domain import looks
from events.enums import EventState
from events.models import Event, EventLook, Revision
from tests.factories.accounts import make_user
from tests.factories.catalog import make_brand, make_member
from tests.factories.events import make_event

pytestmark = pytest.mark.django_db

NIGHT = {
    "ground": "#11183a",
    "writing": "#e4e8f4",
    "accent": "#b4c1e6",
    "stage": "#080a17",
    "glow": "#b9c6ea",
}
PLAIN = {"type_accent": "roman", "backdrop": "none"}


def dressed(state: EventState = EventState.SCHEDULED) -> Event:
    event = make_event(brand=make_brand(), state=EventState.SCHEDULED)
    looks.set_look(event, **NIGHT, backdrop="stars")
    Event.objects.filter(pk=event.pk).update(state=state)
    return Event.objects.get(pk=event.pk)


def producer_of(event, client):
    user = make_user()
    make_member(user=user, brand=event.brand, role=Role.PRODUCER)
    client.force_login(user)
    return user


def studio(event) -> str:
    return reverse("studio-event-look", args=[event.slug])


def test_a_look_is_a_stylesheet_kept_for_ever_under_its_own_version(client):
    event = dressed()

    answer = client.get(looks.of(event).url)

    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert f'[data-look="{event.slug}"]:not(.on-stage) {{ --bg: #11183a;' in answer.content.decode()


def test_under_an_older_version_the_newest_is_given_but_not_kept_for_long(client):
    event = dressed()

    answer = client.get(reverse("look-event", args=[event.slug, "older"]))

    assert (answer.status_code, answer["Cache-Control"]) == (200, "public, max-age=60")


def test_the_look_of_a_draft_is_its_makers_alone_and_no_cache_keeps_it(client):
    event = dressed(EventState.DRAFT)
    url = looks.of(event).url

    assert client.get(url).status_code == 404
    producer_of(event, client)
    assert client.get(url)["Cache-Control"] == "private, no-store"


def test_a_pattern_that_is_not_there_is_not_found(client):
    assert client.get("/look/backdrops/snow.svg")["Content-Type"] == "image/svg+xml"
    assert client.get("/look/backdrops/clowns.svg").status_code == 404
    assert client.get("/look/backdrops/none.svg").status_code == 404


@pytest.mark.parametrize(
    "state",
    [EventState.SCHEDULED, EventState.LIVE, EventState.ENDED, EventState.REPLAY, EventState.CANCELLED],
)
def test_the_page_wears_the_look_in_every_state(client, state):
    event = dressed(state)

    page = client.get(reverse("event", args=[event.slug])).content.decode()

    assert f'<link rel="stylesheet" href="{looks.of(event).url}">' in page
    assert f'<body class="{"on-stage" if state == EventState.LIVE else ""}" data-look="{event.slug}">' in page


def test_a_show_without_a_look_asks_for_no_stylesheet(client):
    event = make_event(state=EventState.SCHEDULED)

    assert "/look/event/" not in client.get(reverse("event", args=[event.slug])).content.decode()


def test_the_studio_saves_a_look_and_keeps_the_change(client):
    event = make_event()
    producer_of(event, client)

    answer = client.post(studio(event), NIGHT | {"type_accent": "light", "backdrop": "stars", "do": "save"})

    assert answer["Location"] == f"/studio/events/{event.slug}/?part=look"
    assert EventLook.objects.values_list("ground", "type_accent", "backdrop").get() == (
        "#11183a",
        "light",
        "stars",
    )
    assert Revision.objects.get().what == "look"


def test_the_studio_says_beside_the_field_what_cannot_be_read_and_offers_what_can(client):
    event = make_event()
    producer_of(event, client)

    answer = client.post(studio(event), PLAIN | {"ground": "#ffffff", "writing": "#aaaaaa"})

    assert answer.status_code == 422
    assert answer.context["look_form"].errors == {
        "writing": ["Writing on the ground: 2.3 to 1, and it takes 4.5. The nearest that passes is #747474."]
    }


def test_the_studio_takes_the_look_off_again(client):
    event = dressed()
    producer_of(event, client)

    client.post(studio(event), {"do": "plain"})

    assert looks.of(Event.objects.get(pk=event.pk)).css == ""


def test_trying_on_tells_tokens_and_ratios_and_keeps_nothing(client):
    event = make_event()
    producer_of(event, client)

    tried = client.get(studio(event), PLAIN | {"ground": "#ffffff", "writing": "#aaaaaa"}).json()
    wrong = client.get(studio(event), PLAIN | {"ground": "white"}).json()

    assert (tried["paper"]["--bg"], tried["pairs"][0]["offer"]) == ("#ffffff", "#747474")
    assert (wrong["field"], EventLook.objects.count()) == ("ground", 0)


def test_a_picture_is_put_on_the_poster_and_taken_away(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    event = make_event(state=EventState.SCHEDULED)
    producer_of(event, client)
    drawn = BytesIO()
    Image.new("RGB", (60, 40), "navy").save(drawn, "PNG")
    file = SimpleUploadedFile("p.png", drawn.getvalue())

    client.post(studio(event), {"do": "picture", "picture-file": file, "picture-alt": "A winter sky"})
    shown = client.get(reverse("event", args=[event.slug])).content.decode()
    client.post(studio(event), {"do": "no-picture"})

    assert 'alt="A winter sky"' in shown
    assert EventLook.objects.get().picture == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_is_no_picture_is_refused_beside_its_field(client):
    event = make_event()
    producer_of(event, client)

    answer = client.post(studio(event), {"do": "picture", "picture-file": SimpleUploadedFile("p.png", b"no")})

    assert (answer.status_code, list(answer.context["picture_form"].errors)) == (422, ["file"])


def test_the_part_of_the_studio_page_shows_each_pair_with_its_ratio(client):
    event = dressed()
    producer_of(event, client)

    page = client.get(f"/studio/events/{event.slug}/?part=look").content.decode()

    assert page.count('<li class="look__pair">') == 4
    assert f'data-url="{studio(event)}"' in page


def test_the_api_tells_and_takes_a_look(client):
    event = make_event(state=EventState.SCHEDULED)
    producer_of(event, client)
    url = reverse("api-event", args=[event.slug])

    answer = client.patch(url, {"look": NIGHT | {"backdrop": "stars"}}, content_type="application/json")
    refused = client.patch(url, {"look": {"accent": "#10183b"}}, content_type="application/json")

    assert (answer.json()["look"]["accent"], answer.json()["look"]["backdrop"]) == ("#b4c1e6", "stars")
    assert client.get(url).json()["look"]["stylesheet"] == looks.of(Event.objects.get(pk=event.pk)).url
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "bad_look")
