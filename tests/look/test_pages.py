"""The base pages: what every page carries, and error pages that stand alone."""

import re

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from config.festivals import rules_of
from events.holidays import load


def test_each_holiday_brings_its_two_colours_as_a_rule(client):
    answer = client.get(reverse("festivals-css"))

    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert (
        '[data-holiday="new-year"] { --festival-ground: #1D2433; --festival-writing: #E6D9B8; }'
        in answer.content.decode().splitlines()
    )
    assert len(answer.content.decode().splitlines()) == len(load())


def test_a_holiday_that_is_not_in_the_book_has_no_rule():
    assert rules_of([]) == ""


def test_the_page_of_a_broken_server_needs_neither_request_nor_database():
    page = render_to_string("errors/500.html")

    assert "This one is our fault" in page
    assert "Nothing was charged twice" in page


@pytest.mark.parametrize(
    ("language", "said"), [("en", 'lang="en" dir="ltr"'), ("zh-hans", 'lang="zh-hans" dir="ltr"')]
)
def test_a_broken_server_says_which_language_it_speaks(language, said):
    with override(language):
        assert f"<html {said}>" in render_to_string("errors/500.html")


@pytest.mark.django_db
def test_a_page_that_is_not_there_says_so_and_shows_a_way(client):
    answer = client.get("/no-such-page/")

    assert answer.status_code == 404
    assert "This page is not in the almanac" in answer.content.decode()
    assert 'href="/"' in answer.content.decode()


@pytest.mark.django_db
def test_every_page_has_landmarks_a_skip_link_and_a_nonce_on_its_only_inline_script(client):
    page = client.get("/no-such-page/").content.decode()

    assert [page.count(f"<{landmark}") for landmark in ("header class", "main ", "footer ")] == [1, 1, 1]
    assert 'href="#main"' in page
    assert re.findall(r"<script(?![^>]*src=)[^>]*>", page) == re.findall(
        r'<script type="importmap" nonce="[^"]+">', page
    )


def test_no_template_carries_a_style_or_a_handler():
    """The content policy would drop them silently."""
    inline = re.compile(r"<[^>]*\s(?:style|on[a-z]+)\s*=\s*[\"']", re.I)
    pages = [
        path
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        if not {"email", "emails"} & set(path.parts) and path.name != "base_email.html"
    ]

    assert [str(path) for path in pages if inline.search(path.read_text())] == []
