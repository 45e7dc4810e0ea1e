"""Parts of pages are kept for everybody, and nobody reads in them what was drawn for another."""

import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.cache.utils import make_template_fragment_key
from django.templatetags import cache as tag
from django.test import Client
from django.utils import timezone

from accounts.domain.preferences import ZONE_COOKIE
from catalog.models import Brand
from tests.factories.accounts import make_user
from tests.factories.catalog import make_brand, make_image, make_product, make_stocked_variant
from tests.factories.events import make_event_host, make_holiday, make_lineup_item, make_ready_event

pytestmark = pytest.mark.django_db
OWN = (
    re.compile(r'(?:nonce|name="csrf-token" content|name="csrfmiddlewaretoken" value)="[^"]*"'),
    re.compile(r'name="today" value="[^"]*"'),
    re.compile(r'"now": \d+'),
)
# The last one is a room, on the air.
PATHS = ["/", "/brands/kept-house/", "/events/kept-show/"]
Reader = tuple[str, Client]


@pytest.fixture
def brand() -> Brand:
    """A house with pieces on its shelf, shows that come, and one that shows the pieces now."""
    house = make_brand(slug="kept-house")
    begin, day = timezone.now() + timedelta(days=3), make_holiday()
    show = make_ready_event(state="live", brand=house, slug="kept-show", now=timezone.now())
    for number in range(3):
        opens = begin if number else None
        product = make_product(brand=house, name=f"Piece {number}", available_from=opens)
        make_stocked_variant(product=product, on_hand=number + 1, price=39_000)
        make_image(product)
        make_lineup_item(show, product=product)
    for days in range(2):
        make_event_host(
            make_ready_event(
                state="scheduled",
                brand=house,
                title=f"Evening {days}",
                starts_at=begin + timedelta(days=days),
                ends_at=begin + timedelta(days=days, hours=1),
                holiday=day,
            )
        )
    return house


@pytest.fixture
def readers() -> list[Reader]:
    """Two people who signed in and a guest, on three clocks, each in two languages."""
    return [
        (f"{who} {language}", reader)
        for language in ("en", "zh-hans")
        for who, reader in (
            ("Ana", signed_in(language, "Europe/Paris")),
            ("Mei", signed_in(language, "Asia/Tokyo")),
            ("guest", guest(language, "America/New_York")),
        )
    ]


def signed_in(language: str, zone: str) -> Client:
    client = Client()
    client.force_login(make_user(language=language, time_zone=zone))
    return client


def guest(language: str, zone: str) -> Client:
    client = Client(headers={"accept-language": language})
    client.cookies[ZONE_COOKIE] = zone
    return client


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    html = answer.content.decode()
    for part in OWN:
        html = part.sub("", html)
    return html


def misled(readers: list[Reader], path: str) -> list[str]:
    """The readers who see another page when everybody was there before them than they see alone."""
    alone = {}
    for name, reader in readers:
        caches["template_fragments"].clear()
        alone[name] = page(reader, path)
    caches["template_fragments"].clear()
    for _name, reader in readers:
        page(reader, path)
    return [name for name, reader in readers if page(reader, path) != alone[name]]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_the_same_whoever_was_there_before(brand: Brand, readers: list[Reader], path: str) -> None:
    assert misled(readers, path) == []


@pytest.mark.parametrize("path", PATHS)
def test_a_key_without_its_parts_would_show_one_reader_the_words_of_another(
    brand: Brand, readers: list[Reader], path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        tag, "make_template_fragment_key", lambda name, _parts: make_template_fragment_key(name)
    )
    assert "Ana en" in misled(readers, path) or "guest zh-hans" in misled(readers, path)
