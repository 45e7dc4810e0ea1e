from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.domain.calendar import next_holidays, occurrence_row
from events.models import Event
from events.queries import event_cards
from tests.factories.accounts import make_user
from tests.factories.catalog import make_image, make_member, make_product
from tests.factories.events import make_event, make_lineup_item, make_ready_event

pytestmark = pytest.mark.django_db


def soon(**over: object) -> Event:
    """A scheduled show on the next holiday, in the present of the request."""
    now = timezone.now()
    (day,) = next_holidays(today=now.date(), limit=1)
    row = occurrence_row(key=day.key, market=day.markets[0], starts_on=day.starts_on)
    return make_ready_event(state="scheduled", now=now, holiday=row, **over)


def test_home_is_kept_even_when_no_show_is_announced(client: Client) -> None:
    before = timezone.localdate()
    answer = client.get("/")
    assert answer.status_code == 200
    assert len(answer.context["next_holidays"]) == 6
    assert (answer.context["live"], answer.context["agenda"], answer.context["recent"]) == ([], [], [])
    assert before <= answer.context["today"] <= timezone.localdate()


def test_home_shows_what_is_live_coming_and_past_and_never_a_draft(client: Client) -> None:
    now = timezone.now()
    live, coming = make_ready_event(state="live", now=now), soon()
    past = make_ready_event(state="replay", now=now)
    make_ready_event(state="draft", now=now)
    answer = client.get("/")
    assert [card.event for card in answer.context["live"]] == [live]
    assert [card.event for _day, cards in answer.context["agenda"] for card in cards] == [coming]
    assert [card.event for card in answer.context["recent"]] == [past]


def test_home_asks_a_bounded_number_of_queries(client: Client, django_assert_max_num_queries: object) -> None:
    now = timezone.now()
    for _ in range(6):
        event = soon()
        make_image(event.lineup.all()[0].product)
        make_ready_event(state="replay", now=now)
    with django_assert_max_num_queries(30):  # type: ignore[operator]  # a fixture
        assert client.get("/").status_code == 200


def test_the_calendar_file_is_public_but_not_for_drafts(client: Client) -> None:
    show = make_ready_event(state="scheduled", slug="show")
    answer = client.get("/events/show.ics")
    assert (answer["Content-Type"], b"BEGIN:VEVENT" in answer.content) == (
        "text/calendar; charset=utf-8",
        True,
    )
    assert b"URL:http://testserver/events/show/" in answer.content
    Event.objects.filter(pk=show.pk).update(state="draft")
    assert client.get("/events/show.ics").status_code == 404
    producer = make_user()
    make_member(producer, show.brand)
    client.force_login(producer)
    assert client.get("/events/show.ics").status_code == 200


def test_a_show_is_on_the_day_it_has_in_the_viewers_zone(client: Client) -> None:
    now = timezone.now()
    midnight = (now + timedelta(days=3)).replace(hour=23, minute=30, second=0, microsecond=0)
    make_ready_event(state="scheduled", starts_at=midnight, ends_at=midnight + timedelta(hours=1))
    user = make_user(time_zone="Asia/Tokyo")
    (utc_day, _cards), *_ = client.get("/").context["agenda"]
    client.force_login(user)
    (tokyo_day, _cards), *_ = client.get("/").context["agenda"]
    assert (tokyo_day - utc_day).days == 1


def test_a_products_shows_are_told_with_drafts_left_out(client: Client) -> None:
    event = soon()
    product = event.lineup.first().product
    draft = make_ready_event(state="draft", now=timezone.now())
    answer = client.get(f"/events/of-product/{product.slug}/")
    assert [(card.event, minute) for card, minute in answer.context["cards"]] == [(event, 0)]
    event.lineup.filter(product=product).update(planned_second=754)
    assert b"Explained from minute 12" in client.get(f"/events/of-product/{product.slug}/").content
    assert client.get(f"/events/of-product/{draft.lineup.first().product.slug}/").status_code == 404


def test_a_brands_shows_are_told_and_nothing_is_said_where_there_are_none(client: Client) -> None:
    event = soon()
    answer = client.get(f"/events/of-brand/{event.brand.slug}/")
    assert [card.event for card, _minute in answer.context["cards"]] == [event]
    assert client.get("/events/of-brand/nobody/").status_code == 404


def test_a_card_shows_the_first_images_of_its_first_and_last_pictured_piece(
    django_assert_num_queries: Any,
) -> None:
    event = make_event()
    wanted = []
    for pictures in (0, 2, 1, 3, 0):
        product = make_product(brand=event.brand)
        images = [make_image(product, position=place) for place in range(pictures)]
        make_lineup_item(event, product=product)
        wanted += images[:1]
    bare = make_event(
        starts_at=event.starts_at + timedelta(hours=1), ends_at=event.ends_at + timedelta(hours=1)
    )
    with django_assert_num_queries(5):
        cards = event_cards(Event.objects.order_by("starts_at"))
        assert [card.pictures for card in cards] == [[wanted[0], wanted[-1]], []]
        assert [image.renditions != [] for image in cards[0].pictures] == [True, True]
    assert [card.event for card in cards] == [event, bare]
