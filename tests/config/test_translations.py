"""The catalogues are whole, keep their places and are heard in pages and scripts."""

import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils.translation import to_locale
from django.utils.translation.reloader import translation_file_changed
from django.utils.translation.template import templatize

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "en"]
DOMAINS = ("django", "djangojs")
PLACE = re.compile(r"%\(\w+\)[a-z]|%[sd%]|\{\w*\}")
PACKAGES = ("accounts", "catalog", "config", "events", "livechat", "orders")
PYTHON: dict[str, object] = DEFAULT_KEYWORDS | {
    "_t": None,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
SCRIPT: dict[str, object] = {"t": None, "tn": (1, 2)}

Key = tuple[str | None, str]


@pytest.fixture(scope="session", autouse=True)
def compiled() -> None:
    """Compiles what is not compiled, and forgets what was read before."""
    call_command("compile_catalogs")
    for language in LANGUAGES:
        translation_file_changed(None, path_of(language, "django").with_suffix(".mo"))


def path_of(language: str, domain: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / to_locale(language) / "LC_MESSAGES" / f"{domain}.po"


def catalog_of(language: str, domain: str) -> Catalog:
    with path_of(language, domain).open("rb") as source:
        return read_po(source)


def entries(language: str) -> Iterator[Message]:
    return (entry for domain in DOMAINS for entry in catalog_of(language, domain) if entry.id)


def texts(entry: Message) -> list[str]:
    return list(entry.string) if isinstance(entry.string, tuple) else [entry.string]


def source_of(entry: Message) -> str:
    """The English text for many, which names every place; that for one may spell its number out."""
    return entry.id[-1] if isinstance(entry.id, tuple) else entry.id


def places(text: str) -> list[str]:
    return sorted(PLACE.findall(text))


def key(msgid: str | tuple[str, ...], context: str | None) -> Key:
    return context, msgid if isinstance(msgid, str) else msgid[0]


def marked(text: str, kind: str, keywords: dict[str, object]) -> set[Key]:
    found = extract(kind, io.BytesIO(text.encode()), keywords=keywords)
    return {key(msgid, context) for _line, msgid, _comments, context in found}


def marked_on_the_server() -> set[Key]:
    modules = [path for name in PACKAGES for path in (settings.BASE_DIR / name).rglob("*.py")]
    pages = [path for path in (settings.BASE_DIR / "templates").rglob("*") if path.is_file()]
    sources = [path.read_text() for path in modules] + [templatize(path.read_text()) for path in pages]
    return set().union(*(marked(source, "python", PYTHON) for source in sources))


def marked_in_scripts() -> set[Key]:
    scripts = (settings.BASE_DIR / "static" / "js").rglob("*.js")
    return set().union(*(marked(path.read_text(), "javascript", SCRIPT) for path in scripts))


def test_every_language_has_both_catalogues() -> None:
    assert LANGUAGES
    assert [
        path for code in LANGUAGES for name in DOMAINS if not (path := path_of(code, name)).is_file()
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("domain", "source"), [("django", marked_on_the_server), ("djangojs", marked_in_scripts)]
)
def test_every_marked_text_is_in_the_catalogue(
    language: str, domain: str, source: Callable[[], set[Key]]
) -> None:
    wanted = source()
    assert len(wanted) > 100
    assert (
        sorted(wanted - {key(entry.id, entry.context) for entry in catalog_of(language, domain)}, key=str)
        == []
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_for_sure(language: str) -> None:
    assert [entry.id for entry in entries(language) if entry.fuzzy or not all(texts(entry))] == []


# Said of two things: the next night and the next segment, the second day of a month and a second of time.
TWO_MEANINGS = {"Next", "Shown", "second", "this show"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_scripts_and_pages_say_the_same_by_the_same_word(language: str) -> None:
    pages, scripts = (
        {key(entry.id, entry.context): texts(entry) for entry in catalog_of(language, domain) if entry.id}
        for domain in DOMAINS
    )
    differ = {
        text
        for context, text in pages.keys() & scripts.keys()
        if pages[context, text] != scripts[context, text]
    }
    assert differ == TWO_MEANINGS


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_has_its_form(language: str) -> None:
    forms = {domain: catalog_of(language, domain).num_plurals for domain in DOMAINS}
    plural = [(name, e) for name in DOMAINS for e in catalog_of(language, name) if isinstance(e.id, tuple)]
    assert [entry.id for name, entry in plural if len(texts(entry)) != forms[name]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_fills_the_same_places(language: str) -> None:
    wrong = [e.id for e in entries(language) for text in texts(e) if places(text) != places(source_of(e))]
    assert wrong == []


def test_a_lost_place_would_be_seen() -> None:
    assert places("%(n)s of %(total)s, 100 %%, {name}, %s") == ["%%", "%(n)s", "%(total)s", "%s", "{name}"]
    assert places("%(n)s 件") != places("%(m)s pieces")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_shouted(language: str) -> None:
    assert [entry.id for entry in entries(language) for text in texts(entry) if set(text) & set("!！")] == []


@pytest.mark.django_db
def test_a_page_answers_in_the_language_of_its_reader(client: Client) -> None:
    english = client.get("/").content.decode()
    chinese = client.get("/", headers={"accept-language": "zh-hans"}).content.decode()
    assert ("An almanac of live shows" in english, "直播专场年鉴" in english) == (True, False)
    assert ("An almanac of live shows" in chinese, "直播专场年鉴" in chinese) == (False, True)


@pytest.mark.django_db
def test_scripts_get_their_words_with_one_form_for_every_number(client: Client) -> None:
    words = client.get("/jsi18n/", headers={"accept-language": "zh-hans"}).json()["catalog"]
    assert (words["Sold out"], words["%(n)s day"]) == ("已售罄", ["%(n)s 天"])


# A language of nobody's: one text and its plural rule.
MADE_UP = """
msgid ""
msgstr "Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Calendar"
msgstr "Ralendac"
"""
ASK = """
import django
django.setup()
from django.core.management import call_command
from django.test import Client
from config.templatetags.discovery import offered_languages
call_command("compile_catalogs")
asked = Client().get("/manifest.webmanifest", headers={"accept-language": "qaa"}).json()
named = Client().get("/manifest.webmanifest?hl=qaa").json()
words = [answer["shortcuts"][1]["name"] for answer in (asked, named)]
print(asked["lang"], *words, offered_languages()[-1]["tag"])
"""


def test_a_language_is_added_without_touching_code(tmp_path: Path) -> None:
    folder = tmp_path / "qaa" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    for domain in DOMAINS:
        (folder / f"{domain}.po").write_text(MADE_UP)
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SEENOW_VAR": str(tmp_path),
        "SEENOW_LANGUAGES": "en,zh-hans,qaa",
        "LOCALE_FOLDERS": str(tmp_path),
        "ALLOWED_HOSTS": "testserver",
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.stdout.split(), done.stderr[-2000:]) == (["qaa", "Ralendac", "Ralendac", "qaa"], "")
