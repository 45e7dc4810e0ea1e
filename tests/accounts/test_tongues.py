"""Which voice reads words people wrote themselves; the browser's half is held to the same cases."""

import json
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils.translation import override

from accounts.tongues import other_tongue

CASES = json.loads((Path(__file__).parents[1] / "wire" / "tongues.json").read_text())
PAGE = Template('<h1{{ title|spoken }}>{{ title }}</h1><b lang="{{ title|tongue }}"></b>')


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['page']}: {case['text']}")
def test_words_in_another_script_than_the_page_say_their_language(case: dict[str, str]) -> None:
    assert other_tongue(case["text"], case["page"]) == case["lang"]


@pytest.mark.parametrize(
    ("language", "title", "said"),
    [
        ("zh-hans", "Silk", '<h1 lang="en">Silk</h1><b lang="en"></b>'),
        ("en", "Silk", '<h1>Silk</h1><b lang="en"></b>'),
        ("en", "丝", '<h1 lang="zh">丝</h1><b lang="zh"></b>'),
        ("en", '"><i>', '<h1>&quot;&gt;&lt;i&gt;</h1><b lang="en"></b>'),
    ],
)
def test_a_template_says_it_as_an_attribute(language: str, title: str, said: str) -> None:
    with override(language):
        assert PAGE.render(Context({"title": title})) == said


def test_what_is_not_there_says_nothing() -> None:
    with override("zh-hans"):
        assert Template("<p{{ nothing|spoken }}></p>").render(Context({"nothing": None})) == "<p></p>"
