"""Every page and state as its people see it: whole at every width, open to everybody, as approved."""

import asyncio
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.approving import APPROVED, difference
from tests.e2e.filled import still_stack
from tests.e2e.looking import LANGUAGES, PICTURED, SHOTS, Seen, Visit, look_at
from tests.e2e.pages import PAGES, PATHS
from tests.e2e.stack import ROOT, Stack, answers
from tests.e2e.states import CHANGED, PLAIN, STATES, states

pytestmark = pytest.mark.e2e

SCREENS = {state.name: state.pictured for state in STATES}
NAMES = [page[0] for page in PAGES] + [state.name for state in STATES]
EACH = [(name, language) for name in NAMES for language in LANGUAGES]
# `make screenshots` looks at both; before a change lands the first will do: both wear the same styles.
LOOKED_AT = [pytest.param(*one, marks=() if one[1] == "en" else pytest.mark.second_language) for one in EACH]
# Where `python -m tests.e2e.filled` has filled it, for this one time.
FILLED = os.environ.get("SEENOW_FILLED")
FOUND = dict[tuple[str, str], Seen]


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The demo at a moment that does not pass."""
    running = still_stack(Path(FILLED) if FILLED else tmp_path_factory.mktemp("still"))
    taken = [port for port in (running.port, running.media_port) if answers(f"http://127.0.0.1:{port}")]
    assert taken == [], "something else listens there"
    if not FILLED:
        running.fill()
    try:
        running.start_web()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def seen(still: Stack, request: pytest.FixtureRequest) -> FOUND:
    """What was found at the pages that this run's tests ask for; first the pages, then their states.

    One language after the other, and what takes pieces from the shelf after what shows how many there are:
    so the first language finds the same whether the second is looked at or not.
    """
    params = (item.callspec.params for item in request.session.items if hasattr(item, "callspec"))
    asked = {(one["name"], one["language"]) for one in params if {"name", "language"} <= set(one)}
    eyes = Eyes(still, asked)
    paths = told(still, PATHS + PLAIN)
    for language in LANGUAGES:
        eyes.look([Visit(name, path.format(**paths), email) for name, path, email in PAGES], language)
    if not {state.name for state in STATES} & {name for name, _language in asked}:
        return eyes.found
    paths |= told(still, CHANGED)
    still.start_media()
    for language in LANGUAGES:
        for takes in (False, True):
            eyes.look([state for state in states(paths) if state.takes is takes], language)
    return eyes.found


@dataclass
class Eyes:
    """Who looks at pages of one shop, remembers what was found, and stays signed in."""

    still: Stack
    asked: set[tuple[str, str]]
    found: FOUND = field(default_factory=dict)
    signed_in: dict[str, Any] = field(default_factory=dict)

    def look(self, visits: list[Visit], language: str) -> None:
        """At those that are asked for. What a busy machine may have spoiled is looked at once more."""
        wanted = [visit for visit in visits if (visit.name, language) in self.asked]
        self.go(wanted, language)
        self.go([visit for visit in wanted if spoiled(visit.name, language, self.found)], language)

    def go(self, visits: list[Visit], language: str) -> None:
        """On a thread of its own: Playwright's other kind may already run a loop on this one."""
        looking = look_at(self.still.url, [(visit, language) for visit in visits], self.signed_in)
        with ThreadPoolExecutor(1) as beside:
            self.found |= beside.submit(asyncio.run, looking).result()


def told(still: Stack, code: str) -> dict[str, str]:
    """Where things are, by name."""
    paths = still.rows(code)
    assert isinstance(paths, dict)
    return paths


def spoiled(name: str, language: str, found: FOUND) -> bool:
    pictures = [f"{language}/{name}-{width}" for width in SCREENS.get(name, PICTURED)]
    approved = [picture for picture in pictures if (APPROVED / f"{picture}.webp").exists()]
    return bool(found[name, language].problems) or any(map(difference, approved))


@pytest.mark.parametrize(("name", "language"), LOOKED_AT)
def test_a_page_is_whole_and_open_to_everybody(name: str, language: str, seen: FOUND) -> None:
    one = seen[name, language]
    assert one.problems == []
    assert {width: wider for width, wider in one.wider.items() if wider} == {}
    assert one.violations == []


@pytest.mark.parametrize(("name", "language"), LOOKED_AT)
def test_a_page_looks_as_approved(name: str, language: str, seen: FOUND) -> None:
    assert seen[name, language].problems == []
    said = {width: difference(f"{language}/{name}-{width}") for width in SCREENS.get(name, PICTURED)}
    assert {width: what for width, what in said.items() if what} == {}


def test_no_picture_is_approved_of_a_page_that_is_gone() -> None:
    known = {f"{language}/{name}-{width}" for name, language in EACH for width in SCREENS.get(name, PICTURED)}
    kept = {str(file.relative_to(APPROVED).with_suffix("")) for file in APPROVED.glob("*/*.webp")}
    assert kept - known == set()


def test_what_the_server_sends_is_valid_html(seen: FOUND) -> None:
    folder = SHOTS / "html"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for (name, _language), one in seen.items():
        if one.html:
            (folder / f"{name}.html").write_text(filled_in(one.html))
    command = ["npx", "--no-install", "html-validate", "--config", "tests/e2e/htmlvalidate.mjs"]
    asked = [*command, "--formatter", "text", f"{folder}/*.html"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert [line.removeprefix(f"{folder}/") for line in done.stdout.splitlines() if line] == []
    assert done.returncode == 0, done.stderr


def filled_in(html: str) -> str:
    """Without what `<template>` holds, which nobody sees before script has filled it in; lines stay lines."""
    inside = r"(?s)(?<=<template)([^>]*>).*?(?=</template>)"
    return re.sub(inside, lambda held: held[1] + "\n" * held[0].count("\n"), html)
