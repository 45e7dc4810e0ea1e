"""What may stand in a chat line."""

import pytest

from livechat.domain.text import clean_text, graphemes
from livechat.errors import NothingVisible, TooLong

FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("silk", 4),
        ("é", 1),
        ("e\u0301", 1),
        (FAMILY, 1),
        ("👍🏽", 1),
        ("🇫🇷🇯🇵", 2),
        ("❤️", 1),
        ("한", 1),
        ("\u1112\u1161\u11ab", 1),
        ("नि", 1),
        ("", 0),
    ],
)
def test_graphemes_are_counted_as_a_reader_sees_them(text, count):
    assert graphemes(text) == count


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  two   blanks ", "two blanks"),
        ("line\nbreak\ttab", "line break tab"),
        ("nul\x00 and \x9b", "nul and"),
        ("turn \u202eback", "turn back"),
        ("open \u2067isolate", "open \u2067isolate\u2069"),
        ("stray\u2069 close", "stray close"),
        ("e\u0301", "é"),
        ("Z" + "\u0335" * 20, "Z" + "\u0335" * 4),
        ("می‌خواهم", "می‌خواهم"),
        ("هل هو مبطن؟", "هل هو مبطن؟"),
        ("これは絹ですか", "これは絹ですか"),
        (FAMILY, FAMILY),
    ],
)
def test_lines_are_tamed_and_ordinary_writing_is_left_alone(text, cleaned):
    assert clean_text(text) == cleaned


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u200b", "\u3164", "\u2800", "\u00ad", "\u0301", "\n\n"])
def test_a_line_with_nothing_to_see_is_refused(text):
    with pytest.raises(NothingVisible):
        clean_text(text)


def test_five_hundred_graphemes_pass_and_one_more_does_not():
    assert clean_text("a" * 500) == "a" * 500
    with pytest.raises(TooLong):
        clean_text("a" * 501)


def test_two_kibibytes_are_the_limit_whatever_the_graphemes():
    assert graphemes(FAMILY * 81) == 81
    assert clean_text(FAMILY * 81) == FAMILY * 81
    with pytest.raises(TooLong):
        clean_text(FAMILY * 82)


def test_absurd_lengths_are_refused_before_any_work():
    with pytest.raises(TooLong):
        clean_text("a" * 1_000_000)
