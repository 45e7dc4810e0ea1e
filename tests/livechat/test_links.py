"""Lines that lead out of the house are known, ordinary ones left alone: measured on a stored set."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from config.lines import ABOUT, SMALL_TALK
from livechat.demo.words import ARRIVING, LEAVING, TALK
from livechat.domain.links import as_read, contains_link, tlds

STORED = Path(__file__).parent / "data" / "links.txt"
CATALOG = Path(__file__).parents[2] / "config" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"


def stored(sign: str) -> list[str]:
    """The lines of one kind, with `\\u` escapes read."""
    lines = [line[2:] for line in STORED.read_text().splitlines() if line.startswith(f"{sign} ")]
    return [re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), line) for line in lines]


def test_of_the_stored_addresses_at_least_97_percent_are_found():
    missed = [line for line in stored("+") if not contains_link(line)]
    recall = 1 - len(missed) / len(stored("+"))
    assert len(stored("+")) >= 140
    assert recall >= 0.97, missed


def test_of_the_stored_ordinary_lines_at_most_one_percent_is_taken_for_an_address():
    mistaken = [line for line in stored("-") if contains_link(line)]
    assert len(stored("-")) >= 240
    assert len(mistaken) / len(stored("-")) <= 0.01, mistaken


def test_what_people_and_the_house_say_elsewhere_is_never_taken_for_an_address():
    """Texts that were not written for this test: the demo's, the rehearsal crowd's, the catalogue's."""
    said = [*ARRIVING, *LEAVING, *(text for pairs in TALK.values() for pair in pairs for text in pair)]
    said += [line for lines in (*ABOUT.values(), *SMALL_TALK.values()) for line in lines]
    with CATALOG.open("rb") as source:
        messages = [message for message in read_po(source) if message.id]
    said += [text for message in messages for text in (message.id, message.string) if isinstance(text, str)]
    assert len(said) > 1000
    assert [text for text in said if contains_link(text)] == []


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("ехаmple.com", "example.com"),
        ("ｅｘａｍｐｌｅ．ｃｏｍ", "example.com"),
        ("ex\u200bample\u2024com", "example.com"),
        ("Красиво, очень", "Красиво, очень"),
    ],
)
def test_letters_that_look_latin_beside_latin_ones_are_read_as_such(text, read):
    assert as_read(text) == read


def test_a_word_is_no_top_level_name_only_for_standing_after_a_dot():
    assert {"com", "shop", "рф", "中国"} <= tlds()
    assert contains_link("silkdeals.com") is True
    assert contains_link("silkdeals.coms") is False


@pytest.mark.parametrize("piece", ["a-", "[", ":", "1:", ".a", "a ", "dot ", "．"])
def test_a_line_made_to_be_slow_to_read_is_read_as_any_other(piece):
    assert contains_link((piece * 500)[:500]) is False
