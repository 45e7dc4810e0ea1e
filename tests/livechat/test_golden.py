"""The golden frames: the same files feed this fold and the reducer (tests/js/room.reducer.test.js)."""

import json
from pathlib import Path

import pytest

from livechat.wire.fold import fold
from livechat.wire.frames import SEQUENCED

GOLDEN = Path(__file__).parent.parent / "wire" / "golden"
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted(GOLDEN.glob("*.json"))
    for case in json.loads(path.read_text())
]


@pytest.mark.parametrize("case", CASES)
def test_frames_lead_from_one_snapshot_to_the_next(case):
    assert fold(case["before"], case["frames"]) == case["after"]


def test_every_sequenced_frame_has_a_golden_file():
    assert set(SEQUENCED) <= {path.stem for path in GOLDEN.glob("*.json")}
