"""Every route that answers a page stands among the pictures, or says why it does not."""

import re
from collections.abc import Iterable

import pytest
from django.urls import Resolver404, resolve

from tests.config.test_authorization import table
from tests.e2e.pages import PAGES, PATHS
from tests.e2e.states import CHANGED, PLAIN, STATES
from tests.e2e.unseen import REACHED, WHY

# What stands for every word of an address that only the running demo knows.
ANY = "1"


def known_paths() -> dict[str, str]:
    """The addresses the demo tells, with their words left open."""
    written = re.findall(r'"(\w+)": f?"(/[^"]*)"', PATHS + PLAIN + CHANGED)
    return {name: re.sub(r"\{[^}]*\}", ANY, path) for name, path in written}


def route_of(path: str) -> str:
    """The name of the route behind an address of the lists; empty where there is none."""
    known = known_paths()
    whole = re.sub(r"\{(\w+)\}", lambda word: known.get(word[1], ANY), path)
    try:
        return str(resolve(whole.partition("?")[0]).url_name)
    except Resolver404:
        return ""


def seen() -> set[str]:
    """The routes somebody's picture is taken of."""
    paths = [path for _name, path, _email in PAGES] + [state.path for state in STATES]
    return {route_of(path) for path in paths} | set(REACHED)


def missing(routes: Iterable[str]) -> list[str]:
    """Routes nobody looks at, and of which nobody says why."""
    return sorted(set(routes) - seen() - set(WHY))


def pages() -> set[str]:
    """Every route of ours one can ask for; programs ask the API."""
    return {name for name, method in table() if method == "GET" and not name.startswith("api-")}


def test_every_page_has_its_picture() -> None:
    assert missing(pages()) == []


def test_twin_a_page_without_a_picture_is_noticed() -> None:
    assert missing({*pages(), "studio-almanac"}) == ["studio-almanac"]


def test_what_has_no_picture_is_there_and_has_none() -> None:
    assert set(WHY) - pages() == set()
    assert set(WHY) & seen() == set()


def test_what_a_state_ends_at_has_that_state() -> None:
    assert set(REACHED.values()) - {state.name for state in STATES} == set()


@pytest.mark.parametrize(
    ("path", "route"), [("{host}answers/", "host-answers"), ("/bag/", "bag"), ("/nothing-here/", "")]
)
def test_an_address_is_read_as_its_route(path: str, route: str) -> None:
    assert route_of(path) == route
