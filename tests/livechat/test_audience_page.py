"""docs/audience.md says what the code does."""

import re
from pathlib import Path

from livechat.consumers import reports
from livechat.domain import presence
from livechat.wire import audience, census, lags

TEXT = (Path(__file__).parents[2] / "docs" / "audience.md").read_text()


def rules() -> dict[str, str]:
    return dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", TEXT, re.MULTILINE))


def test_every_reason_is_given_in_the_order_it_is_told():
    assert list(rules()) == [reason.value for reason in audience.Suspicion]


def test_the_rules_have_the_codes_figures():
    found = rules()
    fast = presence.FASTER_THAN_HANDS.total_seconds() * 1000
    assert f"At {presence.SCRIPTED_PINS} pins" in found["scripted"]
    assert f"within {fast:.0f} ms" in found["scripted"]
    assert f"within {audience.PICTURE_WITHIN:.0f} s" in found["no_picture"]
    assert f"at least {audience.OTHERS_PLAYING} others" in found["no_picture"]
    assert f"beyond the {audience.GUESTS_PER_ADDRESS}th" in found["crowded_address"]


def test_the_figures_around_them_are_the_codes():
    assert f"Up to {audience.NAMED_AT_MOST} people" in TEXT
    assert f"above {lags.MAX_BEHIND:,}" in TEXT
    assert f"after {audience.LAG_FRESH:.0f} s it is forgotten" in TEXT
    assert f"up to {reports.TAPS_RATE:.0f} times a second" in TEXT
    assert (census.AT_MOST, census.AT_LEAST, presence.FRESH.total_seconds()) == (1, 5, 15)
    assert len(audience.tag_of(1, "guest:1")) == 12
