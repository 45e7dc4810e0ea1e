"""docs/protocol.md says what the code does."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from livechat.domain import log, tempo
from livechat.wire import codec, frames
from livechat.wire.codes import Close, ErrorCode, may_come_back
from livechat.wire.fold import CHAT_LINES

TEXT = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text()
SECTIONS = {
    "### Sequenced": frames.SEQUENCED,
    "### Unsequenced": frames.UNSEQUENCED,
    "### From the browser": frames.FROM_CLIENT,
}


def table(heading: str) -> list[list[str]]:
    """The rows of the first table under a heading."""
    part = TEXT.split(heading, 1)[1]
    rows = re.search(r"(?:^\|.*\n)+", part, re.MULTILINE)[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


@pytest.mark.parametrize("heading", SECTIONS)
def test_every_frame_is_listed_with_its_fields(heading):
    listed = {row[0].strip("`"): re.findall(r"`(\w+)`", row[1]) for row in table(heading)}
    assert listed == {type_: [f.name for f in fields(cls)] for type_, cls in SECTIONS[heading].items()}


def test_every_error_code_is_listed():
    assert [row[0].strip("`") for row in table("## Error codes")] == [code.value for code in ErrorCode]


def test_every_close_code_is_listed_with_what_to_do():
    listed = {(int(row[0]), row[1], row[2] == "yes") for row in table("## Close codes")}
    assert listed == {(code.value, code.name, may_come_back(code)) for code in Close}


def test_the_figures_are_those_of_the_code():
    assert codec.MAX_BYTES == 16 * 1024
    assert codec.MAX_DEPTH == 8
    assert tempo.LINES_PER_WINDOW == 20
    assert f"{log.KEEP_FRAMES:,} frames" in TEXT
    assert f"last {CHAT_LINES} lines" in TEXT
