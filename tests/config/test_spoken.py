"""A page read in Chinese says nothing of the house's own in English; what brands wrote is theirs."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client

from tests.config.test_translations import compiled  # noqa: F401 - a fixture every test here wants
from tests.factories.catalog import make_brand, make_image, make_product, make_stocked_variant
from tests.factories.events import make_event, make_event_host, make_holiday, make_host

PATHS = [
    "/", "/calendar/", "/calendar/?view=agenda", "/hosts/", "/hosts/mei/", "/holidays/qixi/", "/editions/",
    "/brands/house/", "/events/coming/", "/events/live/", "/products/scarf/", "/bag/", "/account/login/",
    "/account/signup/", "/account/password/reset/", "/offline/", "/nowhere/",
]  # fmt: skip
HAN = re.compile(r"[\u4e00-\u9fff]")
PLACE = re.compile(r"%\\?\(\w+\\?\)[sd]|%%")
SPOKEN = ("aria-label", "placeholder", "title", "alt")


class Words(HTMLParser):
    """What a page says, in text and in the attributes that are read out; scripts and styles say nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent = tag in {"script", "style"}
        self.said += [value or "" for name, value in attrs if name in SPOKEN]

    def handle_endtag(self, tag: str) -> None:
        self.silent = False

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.append(" ".join(data.split()))


def texts_of_the_house() -> list[re.Pattern[str]]:
    """Every English text that Chinese says otherwise, its places open."""
    path = Path(settings.LOCALE_PATHS[0]) / "zh_Hans/LC_MESSAGES/django.po"
    with path.open("rb") as source:
        entries = [entry for entry in read_po(source) if entry.id]
    forms = {
        form
        for entry in entries
        if HAN.search("".join(entry.string))
        for form in ([entry.id] if isinstance(entry.id, str) else entry.id)
        if re.search(r"[A-Za-z]{2}", PLACE.sub("", form))
    }
    return [re.compile(PLACE.sub(".+", re.escape(form))) for form in sorted(forms)]


def english(html: str) -> list[str]:
    """The texts of the house that `html` says in English."""
    words = Words()
    words.feed(html)
    texts = texts_of_the_house()
    suspects = {said for said in words.said if re.search("[A-Za-z]{2}", said)}
    return sorted(said for said in suspects if any(text.fullmatch(said) for text in texts))


def open_house() -> None:
    """One of everything the public sees, named with words no text of the house is made of."""
    brand = make_brand(slug="house", name="Maison Aurore")
    product = make_product(brand=brand, slug="scarf", name="Carré Nuit")
    make_image(product)
    make_stocked_variant(product=product, on_hand=2)
    host = make_host(slug="mei", name="Lin Mei")
    for slug, state, holiday in [("coming", "scheduled", make_holiday()), ("live", "live", None)]:
        event = make_event(slug=slug, state=state, brand=brand, title=f"Soirée {slug}", holiday=holiday)
        make_event_host(event, host=host)


@pytest.mark.django_db
def test_public_pages_in_chinese_say_nothing_in_english(client: Client) -> None:
    open_house()
    answers = {path: client.get(path, headers={"accept-language": "zh-hans"}, follow=True) for path in PATHS}
    assert {
        path: found for path, answer in answers.items() if (found := english(answer.content.decode()))
    } == {}
    assert [path for path, answer in answers.items() if not HAN.search(answer.content.decode())] == []


@pytest.mark.django_db
def test_the_same_page_in_english_would_be_found(client: Client) -> None:
    assert {"Calendar", "Hosts", "Bag"} <= set(english(client.get("/").content.decode()))
