"""What the world outside reads of a page: addresses per language, cards, structured data, maps."""

import io
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from PIL import Image

from catalog.models import Product
from config.discovery.addresses import tag_of
from config.discovery.sources import event_card
from config.templatetags.discovery import as_json, og_locale
from events.domain.lifecycle import advance
from events.domain.scheduling import edit_event
from events.enums import EventState
from events.models import Event, EventLook
from tests.factories.catalog import make_brand, make_image, make_product, make_stocked_variant
from tests.factories.events import (
    NOW,
    make_event,
    make_event_host,
    make_holiday,
    make_host,
    make_revision,
)

SITE = settings.SITE_URL
CHINESE = {"accept-language": "zh-hans"}
HOSTILE = '</script><script>alert("1")</script>&<!--'
# What search engines ask of each kind: https://schema.org and Google's lists of required properties.
REQUIRED = {
    "Event": {"name", "startDate", "endDate", "eventStatus", "eventAttendanceMode", "location", "organizer",
              "performer", "image", "description", "url"},
    "BroadcastEvent": {"name", "isLiveBroadcast", "startDate", "endDate", "broadcastOfEvent"},
    "Product": {"name", "image", "description", "brand", "offers"},
    "Offer": {"price", "priceCurrency", "availability", "url"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
    "VirtualLocation": {"url"},
    "Organization": {"name", "url"},
    "Person": {"name"},
    "Brand": {"name"},
    "WebSite": {"name", "url"},
}  # fmt: skip


def html_of(client: Client, path: str, **headers: str) -> str:
    return client.get(path, headers=headers or None).content.decode()


def graph_of(html: str) -> list[dict[str, Any]]:
    found = re.findall(r'<script type="application/ld\+json" nonce="[^"]+">(.*?)</script>', html, re.S)
    [whole] = [json.loads(text) for text in found]
    assert whole["@context"] == "https://schema.org"
    return list(whole["@graph"])


def thing(html: str, kind: str) -> dict[str, Any]:
    [found] = [thing for thing in graph_of(html) if thing["@type"] == kind]
    return found


def lacking(value: object) -> list[str]:
    """Every property a thing in `value` ought to have and does not."""
    if isinstance(value, list):
        return [name for item in value for name in lacking(item)]
    if not isinstance(value, dict):
        return []
    kind = value.get("@type")
    missing = [f"{kind}.{name}" for name in sorted(REQUIRED.get(str(kind), set()) - value.keys())]
    return missing + [name for item in value.values() for name in lacking(item)]


def links(html: str, rel: str) -> list[tuple[str, str]]:
    pattern = rf'<link rel="{rel}"(?: hreflang="([^"]+)")? href="([^"]+)">'
    return re.findall(pattern, html)


def meta(html: str, name: str) -> list[str]:
    return re.findall(rf'<meta (?:property|name)="{name}" content="([^"]*)">', html)


def shown(**over: object) -> Event:
    """An announced show on Singles' Day in Paris, with a host."""
    event = make_event(state="scheduled", slug="silk", holiday=make_holiday(), **over)
    make_event_host(event, host=make_host(slug="mei", name="Mei Lin"))
    return event


def on_sale(**over: object) -> Product:
    product = make_product(slug="scarf", **over)
    make_stocked_variant(product=product, on_hand=2)
    return product


# --- One address per language ---------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_page_names_its_address_in_every_language(client: Client) -> None:
    html = html_of(client, "/hosts/?page=2&q=silk")
    assert links(html, "canonical") == [("", f"{SITE}/hosts/?page=2")]
    assert links(html, "alternate") == [
        ("en", f"{SITE}/hosts/?page=2"),
        ("zh-Hans", f"{SITE}/hosts/?page=2&amp;hl=zh-hans"),
        ("x-default", f"{SITE}/hosts/?page=2"),
    ]


@pytest.mark.django_db
def test_an_address_with_a_language_answers_in_it_whatever_the_browser_says(client: Client) -> None:
    answer = client.get("/?hl=zh-hans", headers={"accept-language": "en"})
    html = answer.content.decode()
    assert (answer["Content-Language"], '<html lang="zh-hans"' in html) == ("zh-hans", True)
    assert links(html, "canonical") == [("", f"{SITE}/?hl=zh-hans")]
    assert {"Accept-Language", "Cookie"} <= {part.strip() for part in answer["Vary"].split(",")}


@pytest.mark.django_db
def test_a_plain_address_read_in_chinese_is_the_chinese_page(client: Client) -> None:
    assert links(html_of(client, "/", **CHINESE), "canonical") == [("", f"{SITE}/?hl=zh-hans")]


@pytest.mark.django_db
def test_a_language_nobody_speaks_changes_nothing(client: Client) -> None:
    answer = client.get("/?hl=tlh", headers=CHINESE)
    assert (answer["Content-Language"], settings.LANGUAGE_COOKIE_NAME in answer.cookies) == ("zh-hans", False)


@pytest.mark.django_db
def test_a_reader_without_a_choice_keeps_the_language_and_a_machine_keeps_nothing(client: Client) -> None:
    kept = client.get("/?hl=zh-hans", headers={"accept-language": "en"}).cookies
    assert kept[settings.LANGUAGE_COOKIE_NAME].value == "zh-hans"
    assert kept[settings.LANGUAGE_COOKIE_NAME]["max-age"] == ""
    assert settings.LANGUAGE_COOKIE_NAME not in Client().get("/?hl=zh-hans").cookies


@pytest.mark.django_db
def test_a_language_chosen_before_outlives_a_foreign_address(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    foreign = client.get("/?hl=zh-hans", headers=CHINESE)
    assert (foreign["Content-Language"], settings.LANGUAGE_COOKIE_NAME in foreign.cookies) == (
        "zh-hans",
        False,
    )
    assert client.get("/", headers=CHINESE)["Content-Language"] == "en"


@pytest.mark.django_db
def test_the_language_switch_comes_back_without_the_language_of_the_address(client: Client) -> None:
    html = html_of(client, "/hosts/?q=silk&hl=zh-hans")
    assert '<input type="hidden" name="next" value="/hosts/?q=silk">' in html


@pytest.mark.django_db
def test_pages_of_ones_own_name_no_address(client: Client) -> None:
    html = html_of(client, "/bag/")
    assert (links(html, "canonical"), links(html, "alternate"), meta(html, "og:title")) == ([], [], [])


def test_tags_are_written_as_the_world_writes_them() -> None:
    assert [tag_of(code) for code in ("zh-hans", "pt-br", "en")] == ["zh-Hans", "pt-BR", "en"]
    assert [og_locale(code) for code in ("zh-hans", "pt-br", "en")] == ["zh_CN", "pt_BR", "en_US"]


# --- Structured data ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_show_is_an_event_with_its_broadcast(client: Client) -> None:
    event = shown()
    html = html_of(client, "/events/silk/")
    show, broadcast = thing(html, "Event"), thing(html, "BroadcastEvent")
    assert lacking(graph_of(html)) == []
    assert (show["startDate"], show["endDate"]) == ("2026-11-12T19:00:00+01:00", "2026-11-12T21:00:00+01:00")
    assert show["eventStatus"] == "https://schema.org/EventScheduled"
    assert show["performer"][0]["name"] == "Mei Lin"
    assert show["organizer"]["name"] == event.brand.name
    assert show["offers"]["price"] == "0"
    assert (broadcast["isLiveBroadcast"], broadcast["broadcastOfEvent"]["@id"]) == (True, show["@id"])


@pytest.mark.django_db
def test_a_cancelled_show_says_so_and_offers_nothing(client: Client) -> None:
    event = shown()
    advance(event, EventState.CANCELLED, by=None, now=NOW)
    show = thing(html_of(client, "/events/silk/"), "Event")
    assert (show["eventStatus"], "offers" in show) == ("https://schema.org/EventCancelled", False)


@pytest.mark.django_db
def test_a_show_that_was_moved_names_the_time_it_had(client: Client) -> None:
    event = shown()
    event.changes.create(before="draft", after="scheduled", at=NOW)
    was = event.starts_at
    edit_event(event, version=event.version, now=NOW, starts_at=was + timedelta(days=1),
               ends_at=event.ends_at + timedelta(days=1))  # fmt: skip
    make_revision(event, changes=[
        {"part": "details", "id": "", "field": "starts_at", "before": was.isoformat(),
         "after": event.starts_at.isoformat()},
    ], at=NOW)  # fmt: skip
    show = thing(html_of(client, "/events/silk/"), "Event")
    assert show["eventStatus"] == "https://schema.org/EventRescheduled"
    assert show["previousStartDate"] == ["2026-11-12T19:00:00+01:00"]


@pytest.mark.django_db
def test_a_draft_tells_the_world_nothing(client: Client) -> None:
    make_event(slug="secret")
    assert client.get("/events/secret/").status_code == 404
    assert meta(html_of(client, "/events/secret/"), "og:title") == []


@pytest.mark.django_db
def test_a_piece_is_offered_at_the_price_of_this_moment(client: Client) -> None:
    product = on_sale()
    make_image(product)
    html = html_of(client, "/products/scarf/")
    [offer] = thing(html, "Product")["offers"]
    assert lacking(graph_of(html)) == []
    assert (offer["price"], offer["priceCurrency"]) == ("125.00", "EUR")
    assert offer["availability"] == "https://schema.org/InStock"
    stock = product.variants.get().stock
    stock.on_hand = 0
    stock.save()
    [offer] = thing(html_of(client, "/products/scarf/"), "Product")["offers"]
    assert offer["availability"] == "https://schema.org/SoldOut"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "days", "word"), [("available_from", 1, "PreOrder"), ("available_until", -1, "Discontinued")]
)
def test_a_piece_outside_its_days_is_not_offered_as_there(
    client: Client, field: str, days: int, word: str
) -> None:
    on_sale(**{field: timezone.now() + timedelta(days=days)})
    [offer] = thing(html_of(client, "/products/scarf/"), "Product")["offers"]
    assert offer["availability"] == f"https://schema.org/{word}"


@pytest.mark.django_db
def test_no_title_ends_the_script_it_stands_in(client: Client) -> None:
    shown(title=HOSTILE, summary=HOSTILE)
    html = html_of(client, "/events/silk/")
    assert thing(html, "Event")["name"] == HOSTILE
    assert (html.count("<script>"), html.count("<!--")) == (0, 0)


def test_without_the_escapes_a_title_would_end_it() -> None:
    assert "</script>" in json.dumps({"name": HOSTILE})
    assert not {"<", ">", "&"} & set(as_json({"name": HOSTILE}))
    assert json.loads(as_json({"name": HOSTILE + "\u2028"})) == {"name": HOSTILE + "\u2028"}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/hosts/mei/", "/holidays/qixi/", "/brands/house/", "/editions/"])
def test_every_public_page_has_data_of_a_sound_shape(client: Client, path: str) -> None:
    shown(brand=make_brand(slug="house"))
    assert lacking(graph_of(html_of(client, path))) == []


# --- Share cards ----------------------------------------------------------------------------------------


def card_of(client: Client, path: str, **headers: str) -> str:
    [address] = meta(html_of(client, path, **headers), "og:image")
    return address.removeprefix(SITE)


@pytest.mark.django_db
def test_a_show_has_a_card_in_each_language(client: Client) -> None:
    shown()
    caches["between_processes"].clear()
    english, chinese = card_of(client, "/events/silk/"), card_of(client, "/events/silk/", **CHINESE)
    assert (english.split("/")[2], chinese.split("/")[2]) == ("en", "zh-hans")
    for address in (english, chinese):
        answer = client.get(address)
        picture = Image.open(io.BytesIO(answer.content))
        assert (answer["Content-Type"], picture.format, picture.size) == ("image/jpeg", "JPEG", (1200, 630))
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.django_db
def test_a_changed_title_is_another_card_and_the_old_address_leads_to_it(client: Client) -> None:
    event = shown()
    before = card_of(client, "/events/silk/")
    Event.objects.filter(pk=event.pk).update(title="Another night of silk")
    after = card_of(client, "/events/silk/")
    moved = client.get(before)
    assert (before != after, moved.status_code, moved["Location"]) == (True, 302, f"{SITE}{after}")


@pytest.mark.django_db
def test_the_card_of_a_show_wears_its_look() -> None:
    event = shown()
    festival = event_card(event, [])
    assert (festival.ground, festival.ink) == event.holiday.info.colours
    EventLook.objects.create(event=event, ground="#102030", writing="#f0e0d0")
    own = event_card(Event.objects.get(pk=event.pk), [])
    assert (own.ground, own.ink, own.version == festival.version) == ("#102030", "#f0e0d0", False)


@pytest.mark.django_db
def test_a_piece_has_a_card_with_its_price(client: Client) -> None:
    product = on_sale(name="Scarf")
    before = card_of(client, "/products/scarf/")
    assert client.get(before)["Content-Type"] == "image/jpeg"
    product.variants.get().prices.update(amount=9900)
    assert card_of(client, "/products/scarf/") != before


@pytest.mark.django_db
def test_there_are_no_cards_of_what_is_not_public(client: Client) -> None:
    make_event(slug="secret")
    make_product(slug="hidden", state="draft")
    asked = ["en/events/secret/x", "en/products/hidden/x", "en/site/other/x", "tlh/site/almanac/x"]
    assert [client.get(f"/share/{path}.jpg").status_code for path in asked] == [404] * 4


# --- Maps and robots ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_map_lists_public_pages_in_every_language(client: Client) -> None:
    shown()
    make_event(slug="secret")
    make_event(slug="off", state="cancelled")
    xml = client.get("/sitemap-events.xml").content.decode()
    assert re.findall(r"<loc>([^<]+)</loc>", xml) == [
        f"{SITE}/events/silk/",
        f"{SITE}/events/silk/?hl=zh-hans",
    ]
    alternate = 'hreflang="zh-hans" href="{}/events/silk/?hl=zh-hans"'
    assert xml.count(alternate.format(SITE)) == 2


@pytest.mark.django_db
def test_the_map_has_a_part_for_everything_public(client: Client) -> None:
    parts = re.findall(r"sitemap-([a-z]+)\.xml", client.get("/sitemap.xml").content.decode())
    assert parts == ["pages", "events", "products", "hosts", "brands", "editions", "holidays"]
    assert [client.get(f"/sitemap-{part}.xml").status_code for part in parts] == [200] * 7


def test_robots_stay_out_of_what_is_ones_own(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    closed = {line.split("/")[1] for line in lines if line.startswith("Disallow")}
    assert {"studio", "host", "account", "bag", "orders", "api", "admin"} <= closed
    assert lines[-1] == f"Sitemap: {SITE}/sitemap.xml"
