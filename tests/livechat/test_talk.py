"""Product talk and fan talk: how well the rules tell them apart, and how much of each there is."""

import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from events.enums import EventState
from livechat.domain.talk import MINUTES, last_minute, per_minute, topic_of
from livechat.models import LineState, Topic
from tests.factories.catalog import make_brand, make_product
from tests.factories.events import NOW, make_event, make_lineup_item
from tests.factories.livechat import make_message, make_room

LINES = [
    line.split("\t") for line in (Path(__file__).with_name("talk_lines.tsv")).read_text("utf-8").splitlines()
]
MINUTE = timedelta(minutes=1)


def figures(part):
    """(product talk found, product talk, fan talk found, fan talk) of one part of the labelled lines."""
    found = Counter((label, topic_of(text) == label) for half, _lang, label, text in LINES if half == part)
    product, fan = found["product", True], found["fan", True]
    return product, product + found["product", False], fan, fan + found["fan", False]


def test_the_lines_are_many_in_twelve_languages_and_none_twice():
    assert len(LINES) == 232
    assert len({text for *_labels, text in LINES}) == 232
    assert {lang for _half, lang, *_rest in LINES} == {
        "en", "zh", "fr", "es", "de", "it", "pt", "ru", "ja", "ko", "ar", "hi",
    }  # fmt: skip


@pytest.mark.parametrize(("part", "expected"), [("tune", (60, 60, 55, 56)), ("check", (60, 62, 52, 54))])
def test_how_well_the_rules_tell_product_talk_from_fan_talk(part, expected):
    product, products, fan, fans = figures(part)
    right = 100 * (product + fan) / (products + fans)
    sys.stdout.write(f"talk, {part}: {product}/{products} product, {fan}/{fans} fan, {right:.1f} % right\n")
    assert (product, products, fan, fans) == expected
    assert right >= 95


def test_twin_a_rule_that_knows_only_question_marks_does_worse():
    marked = [("?" in text or "？" in text) == (label == "product") for _half, _lang, label, text in LINES]
    assert sum(marked) / len(marked) < 0.85


@pytest.mark.parametrize("text", ["wool", "WOOLLEN", "ｓｉｚｅ", "Livraison ?", "والسعر؟", "साइज़"])
def test_words_are_found_however_they_are_spelled(text):
    assert topic_of(text) == Topic.PRODUCT


@pytest.mark.parametrize("text", ["", "👏👏👏", "Sizemore says hi", "?", "unsold prejudice", "1 2 3"])
def test_parts_of_words_and_emoji_are_no_product_talk(text):
    assert topic_of(text) == Topic.FAN


@pytest.mark.django_db
def test_names_of_the_pieces_and_of_the_brand_are_product_talk(django_assert_num_queries):
    event = make_event(state=EventState.LIVE, brand=make_brand(name="Maison Vane"))
    make_lineup_item(event, product=make_product(brand=event.brand, name="Celadon moon jar"))
    make_lineup_item(event, product=make_product(brand=event.brand, name="青瓷月罐"))
    said = ["the Celadon, please", "maison vane forever", "青瓷月罐我要了", "the Cela", "van life"]
    assert [topic_of(text, event=event) for text in said] == ["product"] * 3 + ["fan"] * 2
    assert topic_of("the Celadon, please") == Topic.FAN
    with django_assert_num_queries(0):
        topic_of("how much is shipping?", event=event)


# --- Per minute --------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_lines_are_counted_per_minute_in_one_query(django_assert_num_queries):
    room = make_room()
    for at, topic in [(0, "product"), (0, "fan"), (20, "fan"), (65, "product")]:
        make_message(room, at=NOW - timedelta(seconds=at), topic=topic)
    with django_assert_num_queries(1):
        found = per_minute(room, now=NOW)
    assert len(found) == MINUTES + 1
    assert [(row.at, row.product, row.fan) for row in found[-3:]] == [
        (NOW - 2 * MINUTE, 1, 0),
        (NOW - MINUTE, 0, 1),
        (NOW, 1, 1),
    ]
    assert last_minute([room.pk], now=NOW) == {room.pk: (0, 1)}


@pytest.mark.django_db
def test_people_at_work_hidden_lines_and_other_rooms_are_left_out_and_the_crowd_stands_apart():
    room = make_room()
    make_message(room, badge="host")
    make_message(room, state=LineState.HIDDEN)
    make_message(room, state=LineState.HELD)
    make_message(room, at=NOW - 61 * MINUTE)
    make_message(make_room())
    make_message(room, rehearsal=True, topic="product")
    now = per_minute(room, now=NOW)[-1]
    assert (now.product, now.fan, now.crowd_product, now.crowd_fan) == (0, 0, 1, 0)
    assert sum(row.product + row.fan for row in per_minute(room, now=NOW)) == 0
