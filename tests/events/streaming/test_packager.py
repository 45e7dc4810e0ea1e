"""Cutting fragments into segments and parts, and saying so in a playlist."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.streaming.mp4 import Fragment, Init, Track
from events.streaming.packager import DRIFT, HELD_BYTES, KEPT_SEGMENTS, LISTED_SEGMENTS, Clock, Packager
from events.streaming.playlist import media_playlist, multivariant_playlist
from tests.events.streaming.media import fragments, parsed

VIDEO = Track(1, "vide", 15_360, "avc1.4d401e", 640, 360)
INIT = Init(b"init", (VIDEO,))
AT = 1_795_000_000.0


def fragment(number: int, *, independent: bool | None = None, video: bool = True) -> Fragment:
    key = number % 5 == 0 if independent is None else independent
    return Fragment(f"<{number}>".encode(), video, number * 0.2, 0.2, key)


def fed(count: int, *, init: Init = INIT) -> Packager:
    packager = Packager()
    packager.begin(init)
    for number in range(count):
        packager.add(fragment(number), arrived_at=AT + number * 0.2 + 0.2)
    return packager


def test_a_segment_is_a_second_and_five_parts() -> None:
    packager = fed(12)
    assert [len(segment.parts) for segment in packager.segments] == [5, 5, 2]
    assert [segment.closed for segment in packager.segments] == [True, True, False]
    assert packager.segments[0].data == b"<0><1><2><3><4>"


def test_a_segment_waits_for_a_part_that_can_be_decoded_by_itself() -> None:
    packager = Packager()
    packager.begin(INIT)
    for number in range(9):
        packager.add(fragment(number, independent=number in {0, 2, 7}), arrived_at=AT)
    assert [len(segment.parts) for segment in packager.segments] == [7, 2]


def test_the_playlist_of_real_bytes_is_complete() -> None:
    init, parts = parsed(fragments(sound=False))
    packager = Packager()
    packager.begin(init)
    for number, part in enumerate(parts):
        packager.add(part, arrived_at=AT + (number + 1) * 0.2)
    assert media_playlist(packager) == (
        "#EXTM3U\n#EXT-X-VERSION:9\n#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-TARGETDURATION:1\n"
        "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=0.750,HOLD-BACK=3\n"
        "#EXT-X-PART-INF:PART-TARGET=0.25000\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-DISCONTINUITY-SEQUENCE:0\n"
        '#EXT-X-MAP:URI="init0.mp4"\n#EXT-X-PROGRAM-DATE-TIME:2026-11-18T11:06:40.000Z\n'
        "#EXTINF:1.00000,\nseg0.m4s\n"
        "#EXT-X-PROGRAM-DATE-TIME:2026-11-18T11:06:41.000Z\n"
        '#EXT-X-PART:DURATION=0.20000,URI="part1.0.m4s",INDEPENDENT=YES\n'
        '#EXT-X-PART:DURATION=0.20000,URI="part1.1.m4s"\n#EXT-X-PART:DURATION=0.20000,URI="part1.2.m4s"\n'
        '#EXT-X-PART:DURATION=0.20000,URI="part1.3.m4s"\n#EXT-X-PART:DURATION=0.20000,URI="part1.4.m4s"\n'
        "#EXTINF:1.00000,\nseg1.m4s\n"
        "#EXT-X-PROGRAM-DATE-TIME:2026-11-18T11:06:42.000Z\n"
        '#EXT-X-PART:DURATION=0.20000,URI="part2.0.m4s",INDEPENDENT=YES\n'
        '#EXT-X-PART:DURATION=0.20000,URI="part2.1.m4s"\n#EXT-X-PART:DURATION=0.20000,URI="part2.2.m4s"\n'
        '#EXT-X-PART:DURATION=0.20000,URI="part2.3.m4s"\n#EXT-X-PART:DURATION=0.20000,URI="part2.4.m4s"\n'
        '#EXT-X-PRELOAD-HINT:TYPE=PART,URI="part3.0.m4s"\n'
    )


def test_the_index_of_renditions_tells_codecs_size_and_peak() -> None:
    init, parts = parsed(fragments())
    packager = Packager()
    packager.begin(init)
    for part in parts:
        packager.add(part, arrived_at=AT)
    bandwidth = max(round(8 * len(s.data) / s.duration) for s in packager.segments if s.closed)
    assert multivariant_playlist(packager) == (
        "#EXTM3U\n#EXT-X-VERSION:9\n"
        f'#EXT-X-STREAM-INF:BANDWIDTH={bandwidth},CODECS="avc1.4d400d,mp4a.40.2",RESOLUTION=320x180\n'
        "index.m3u8\n"
    )


def test_the_index_needs_no_picture_and_no_segment() -> None:
    packager = Packager()
    packager.begin(Init(b"", (Track(1, "soun", 48_000, "mp4a.40.2", 0, 0),)))
    assert 'BANDWIDTH=1500000,CODECS="mp4a.40.2"\n' in multivariant_playlist(packager)


def test_the_hint_names_what_comes_next() -> None:
    assert fed(3).next_part() == (0, 3)
    assert fed(5).next_part() == (1, 0)
    assert fed(0).next_part() == (0, 0)


def test_sound_before_its_picture_is_held_and_put_before_it() -> None:
    packager = Packager()
    packager.begin(INIT)
    assert packager.add(fragment(0, video=False), arrived_at=AT) is None
    assert packager.add(fragment(1, video=False), arrived_at=AT) is None
    part = packager.add(fragment(2, independent=True), arrived_at=AT)
    assert part is not None
    assert part.data == b"<0><1><2>"


def test_sound_without_a_picture_keeps_its_newest_part_only() -> None:
    packager = Packager()
    packager.begin(INIT)
    sounds = [bytes([number]) * 60_000 for number in range(9)]
    for number, sound in enumerate(sounds):
        packager.add(Fragment(sound, False, number * 0.2, 0.2, True), arrived_at=AT)
        assert packager._held_bytes == sum(map(len, packager._held)) <= HELD_BYTES
    part = packager.add(fragment(9, independent=True), arrived_at=AT)
    assert part is not None
    assert part.data == b"".join(sounds[-4:]) + b"<9>"
    assert packager._held_bytes == 0


def test_sound_of_a_publisher_who_left_is_not_put_before_the_next_picture() -> None:
    packager = Packager()
    packager.begin(INIT)
    packager.add(fragment(0, video=False), arrived_at=AT)
    packager.away()
    packager.begin(INIT)
    part = packager.add(fragment(1, independent=True), arrived_at=AT)
    assert part is not None
    assert (part.data, packager._held_bytes) == (b"<1>", 0)


def test_without_that_rule_players_would_get_a_part_without_a_picture() -> None:
    """The twin: where the init has no picture at all, sound is not held, and that is what then goes out."""
    packager = Packager()
    packager.begin(Init(b"", (Track(1, "soun", 48_000, "mp4a.40.2", 0, 0),)))
    part = packager.add(fragment(0, video=False), arrived_at=AT)
    assert part is not None
    assert part.data == b"<0>"


def test_a_new_publisher_is_a_discontinuity_with_an_init_of_its_own() -> None:
    packager = fed(7)
    packager.away()
    packager.begin(Init(b"other", (VIDEO,)))
    packager.add(fragment(0), arrived_at=AT + 10)
    playlist = media_playlist(packager)
    tail = playlist[playlist.index("seg1.m4s") :]
    assert tail == (
        "seg1.m4s\n#EXT-X-DISCONTINUITY\n"
        '#EXT-X-MAP:URI="init1.mp4"\n#EXT-X-PROGRAM-DATE-TIME:2026-11-18T11:06:49.800Z\n'
        '#EXT-X-PART:DURATION=0.20000,URI="part2.0.m4s",INDEPENDENT=YES\n'
        '#EXT-X-PRELOAD-HINT:TYPE=PART,URI="part2.1.m4s"\n'
    )
    assert packager.inits[1].data == b"other"


def test_while_the_publisher_is_away_nothing_is_promised() -> None:
    packager = fed(7)
    packager.away()
    assert "PRELOAD-HINT" not in media_playlist(packager)
    packager.begin(INIT)
    assert "PRELOAD-HINT" not in media_playlist(packager)
    assert (packager.segments[-1].closed, packager.next_part()) == (True, (2, 0))


def test_the_end_closes_the_playlist() -> None:
    packager = fed(7)
    packager.end()
    assert media_playlist(packager).endswith("#EXTINF:0.40000,\nseg1.m4s\n#EXT-X-ENDLIST\n")
    assert "EXT-X-PART:" not in media_playlist(packager)


def test_discontinuities_that_left_the_listing_are_counted() -> None:
    packager = fed(5)
    packager.begin(INIT)
    for number in range(LISTED_SEGMENTS * 5):
        packager.add(fragment(number), arrived_at=AT + number)
    assert media_playlist(packager).count("#EXT-X-DISCONTINUITY\n") == 1
    assert "#EXT-X-DISCONTINUITY-SEQUENCE:0" in media_playlist(packager)
    packager.add(fragment(LISTED_SEGMENTS * 5), arrived_at=AT + 999)
    assert media_playlist(packager).count("#EXT-X-DISCONTINUITY\n") == 0
    assert "#EXT-X-DISCONTINUITY-SEQUENCE:1" in media_playlist(packager)


def test_memory_is_bounded_and_inits_go_with_their_segments() -> None:
    packager = fed(5)
    packager.begin(INIT)
    for number in range(5 * KEPT_SEGMENTS + 20):
        packager.add(fragment(number), arrived_at=AT)
    assert len(packager.segments) == KEPT_SEGMENTS
    assert list(packager.inits) == [1]
    assert packager.segment(0) is None
    assert packager.part(packager.segments[0].number, 4) is not None
    assert packager.part(packager.segments[0].number, 5) is None


def test_what_is_there_is_told_from_what_is_not() -> None:
    packager = fed(7)
    there = [packager.has(0, None), packager.has(1, 1), packager.has(0, 9)]
    missing = [packager.has(1, None), packager.has(1, 2), packager.has(2, 0), Packager().has(0, 0)]
    assert there == [True, True, True]
    assert missing == [False, False, False, False]
    assert Packager().segment(0) is None


def test_a_long_part_raises_what_players_are_told_to_expect() -> None:
    packager = fed(3)
    packager.add(Fragment(b"", True, 0.6, 1.7, False), arrived_at=AT + 3)
    packager.away()
    assert "PART-TARGET=1.70000" in media_playlist(packager)
    assert "#EXT-X-TARGETDURATION:2\n" in media_playlist(packager)
    assert "PART-HOLD-BACK=5.100" in media_playlist(packager)


def test_start_up_delay_falls_out_of_the_clock() -> None:
    clock = Clock()
    clock.hear(0.2, AT + 1.4)  # the probe held the first bytes back for 1.2 s
    assert clock.wall(0) == AT + 1.2
    clock.hear(1.0, AT + 1.05)
    assert clock.wall(1.0) == pytest.approx(AT + 1.05, abs=1e-3)


def test_a_late_fragment_does_not_move_the_clock() -> None:
    clock = Clock()
    clock.hear(1, AT + 1)
    clock.hear(2, AT + 9)
    assert clock.wall(2) == pytest.approx(AT + 2, abs=8 * DRIFT + 1e-6)


def test_a_camera_whose_clock_runs_slow_is_followed() -> None:
    """At 100 millionths slow a pin would be a third of a second early after an hour; the clock keeps up."""
    clock = Clock()
    for second in range(3600):
        clock.hear(second * (1 - 100e-6), AT + second)
    assert clock.wall(3599 * (1 - 100e-6)) == pytest.approx(AT + 3599, abs=0.01)


def test_a_plain_minimum_would_drift_away() -> None:
    """The twin: without the allowance the same camera ends 0.36 s wrong."""
    offsets = [AT + second - second * (1 - 100e-6) for second in range(3600)]
    assert 3599 * (1 - 100e-6) + min(offsets) == pytest.approx(AT + 3599 - 0.36, abs=0.01)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(0.02, 0.4), st.booleans(), st.booleans(), st.sampled_from(["", "", "", "away", "begin"])
        ),
        min_size=1,
        max_size=160,
    )
)
def test_whatever_comes_in_the_playlist_is_well_formed(steps: list[tuple[float, bool, bool, str]]) -> None:
    packager, at, before = Packager(), 0.0, ""
    packager.begin(INIT)
    for duration, independent, video, event in steps:
        if event:
            packager.away()
            packager.begin(INIT)
        packager.add(Fragment(b"x", video, at, duration, independent), arrived_at=AT + at + duration)
        at += duration
        playlist = media_playlist(packager)
        check(playlist)
        check_follows(before, playlist)
        before = playlist


def check(playlist: str) -> None:
    """Every segment has a map and a date before it, numbers follow each other, durations keep to targets."""
    target = int(re.search(r"TARGETDURATION:(\d+)", playlist)[1])  # type: ignore[index]  # always written
    part_target = float(re.search(r"PART-TARGET=([\d.]+)", playlist)[1])  # type: ignore[index]  # always written
    numbers = [int(number) for number in re.findall(r"^seg(\d+)\.m4s$", playlist, re.M)]
    assert all(b == a + 1 for a, b in pairwise(numbers))
    first = int(re.search(r"MEDIA-SEQUENCE:(\d+)", playlist)[1])  # type: ignore[index]  # always written
    assert not numbers or numbers[0] == first
    assert all(round(float(d)) <= target for d in re.findall(r"EXTINF:([\d.]+)", playlist))
    assert all(float(d) <= part_target + 1e-5 for d in re.findall(r"EXT-X-PART:DURATION=([\d.]+)", playlist))
    opened = playlist.count("PROGRAM-DATE-TIME")
    assert opened - len(numbers) in {0, 1}
    assert opened == 0 or playlist.index("EXT-X-MAP") < playlist.index("PROGRAM-DATE-TIME")


def check_follows(before: str, after: str) -> None:
    """Sequence numbers never go back, and what was listed keeps its content."""
    for name in ("MEDIA-SEQUENCE", "DISCONTINUITY-SEQUENCE"):
        old, new = (re.search(rf"{name}:(\d+)", playlist) for playlist in (before, after))
        assert new is not None
        assert old is None or int(old[1]) <= int(new[1])
    segments = [dict(re.findall(r"EXTINF:([\d.]+),\n(seg\d+)", text)) for text in (before, after)]
    flipped = [{name: duration for duration, name in part.items()} for part in segments]
    assert all(flipped[1].get(name, duration) == duration for name, duration in flipped[0].items())
