"""The language of a line: rarely silent on a plain one, all but never wrong."""

from pathlib import Path

import pytest

from config.lines import ABOUT, SMALL_TALK
from livechat.domain.lang import guess_language

STORED = Path(__file__).parent / "data" / "languages.txt"


def stored() -> list[tuple[str, str]]:
    """(language or "", line) of the stored set."""
    rows = [row.split("\t") for row in STORED.read_text().splitlines() if not row.startswith("#")]
    return [("" if language == "-" else language, line) for language, line in rows]


def guesses(lines: list[tuple[str, str]]) -> tuple[float, list[str]]:
    """(share of lines guessed right, lines guessed wrong); silence is neither."""
    guessed = [(language, guess_language(line), line) for language, line in lines]
    right = sum(language == guess for language, guess, _line in guessed)
    return right / len(lines), [line for language, guess, line in guessed if guess and guess != language]


def test_the_stored_lines_are_guessed_and_none_of_them_wrongly():
    right, wrong = guesses(stored())
    assert wrong == []
    assert right >= 0.97


def test_lines_written_for_other_ends_are_guessed_and_none_of_them_wrongly():
    """The rehearsal crowd's, by the language of who says them."""
    said = [
        (language, line.format(product="Aurèle"))
        for lines in (SMALL_TALK, ABOUT)
        for language, of_it in lines.items()
        for line in of_it
    ]
    guessed = [(language, guess_language(line).split("-")[0], line) for language, line in said]
    assert [line for language, guess, line in guessed if guess and guess != language] == []
    assert sum(language == guess for language, guess, _line in guessed) / len(guessed) >= 0.8


@pytest.mark.parametrize("text", ["", "12.5", "❤️", "٣٤", "ok", "@Wei", "()"])
def test_of_nothing_to_go_by_nothing_is_said(text):
    assert guess_language(text) == ""


def test_a_line_in_several_scripts_is_nobodys_unless_one_of_them_has_half_of_it():
    assert guess_language("да ne 好") == ""
    assert guess_language("да 好的") == "zh"


def test_a_tag_fits_its_column():
    assert {len(guess_language(line)) <= 8 for _language, line in stored()} == {True}
