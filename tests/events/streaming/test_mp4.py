"""Reading what ffmpeg writes."""

import struct

import pytest

from events.streaming import ffmpeg
from events.streaming.mp4 import BadContainer, Fragment, Init, Reader, boxes, child
from tests.events.streaming.media import PICTURE, SOUND, fragments, parsed, run_ffmpeg


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(body), kind) + body


def test_the_init_names_codecs_and_size() -> None:
    init, _ = parsed(fragments())
    assert init.codecs == "avc1.4d400d,mp4a.40.2"
    assert init.video is not None
    assert (init.video.width, init.video.height) == (320, 180)
    assert [track.kind for track in init.tracks] == ["vide", "soun"]


def test_a_stream_without_sound_has_one_track() -> None:
    init, parts = parsed(fragments(1, sound=False))
    assert init.codecs == "avc1.4d400d"
    assert all(part.video for part in parts)


def test_fragments_are_200_ms_and_every_fifth_can_start_a_segment() -> None:
    _, parts = parsed(fragments(sound=False))
    assert [round(part.start, 2) for part in parts[:6]] == [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    assert {round(part.duration, 2) for part in parts} == {0.2}
    assert [number for number, part in enumerate(parts) if part.independent] == [0, 5, 10]


@pytest.mark.parametrize("size", [1, 7, 1000, 65_536])
def test_bytes_may_come_in_any_portions(size: int) -> None:
    data = fragments(1)
    reader = Reader()
    items = [item for at in range(0, len(data), size) for item in reader.feed(data[at : at + size])]
    assert items == Reader().feed(data)


def test_init_and_fragments_together_are_the_whole_stream() -> None:
    init, parts = parsed(fragments())
    assert init.data + b"".join(part.data for part in parts) == fragments()


def test_audio_alone_is_told_from_a_picture() -> None:
    data = run_ffmpeg(*SOUND, "-t", "1", *ffmpeg.audio(64), *ffmpeg.FRAGMENTS)
    init, parts = parsed(data)
    assert init.video is None
    assert [part.video for part in parts] == [False] * len(parts)


def test_times_of_64_bits_and_plain_samples_are_read() -> None:
    coded = [*ffmpeg.video(25, 300), "-f", "mp4", "-movflags", "empty_moov+default_base_moof+frag_keyframe"]
    data = run_ffmpeg(*PICTURE, "-t", "2", *coded, "pipe:1")
    _, parts = parsed(data)
    assert [round(part.duration, 2) for part in parts] == [1.0, 1.0]


def test_a_length_beyond_belief_is_refused_before_it_is_waited_for() -> None:
    with pytest.raises(BadContainer, match="mdat"):
        Reader().feed(struct.pack(">I4s", 2**31, b"mdat"))


def test_a_length_shorter_than_its_own_header_is_refused() -> None:
    with pytest.raises(BadContainer):
        Reader().feed(struct.pack(">I4s", 3, b"free"))
    with pytest.raises(BadContainer):
        list(boxes(struct.pack(">I4s", 90, b"free")))


def test_a_fragment_before_its_init_is_refused() -> None:
    _, parts = parsed(fragments(1))
    with pytest.raises(BadContainer, match="before its init"):
        Reader().feed(parts[0].data)


def test_a_fragment_without_tracks_is_refused() -> None:
    init, _ = parsed(fragments(1))
    with pytest.raises(BadContainer, match="without tracks"):
        Reader().feed(init.data + box(b"moof", box(b"mfhd", bytes(8))) + box(b"mdat", b""))


def test_a_fragment_of_an_unknown_track_is_refused() -> None:
    init, _ = parsed(fragments(1))
    stranger = box(b"traf", box(b"tfhd", bytes(4) + struct.pack(">I", 99)))
    with pytest.raises(BadContainer, match="unknown track"):
        Reader().feed(init.data + box(b"moof", stranger) + box(b"mdat", b""))


def test_boxes_that_mean_nothing_to_us_are_passed_over() -> None:
    init, parts = parsed(fragments(1))
    strange = box(b"free", b"x") + box(b"mdat", b"no moof before it")
    items = Reader().feed(strange + init.data + box(b"sidx", b"") + parts[0].data)
    assert items == [init, parts[0]]


def test_a_missing_box_is_said_by_name() -> None:
    with pytest.raises(BadContainer, match="mdia"):
        child(memoryview(b""), b"mdia")


def track_run(flags: int, *words: int, count: int = 2) -> bytes:
    return box(b"trun", struct.pack(f">II{len(words)}I", flags, count, *words))


def fragment_of(tfhd_flags: int, tfhd_words: list[int], run: bytes, *, base: bytes | None = None) -> Fragment:
    init, _ = parsed(fragments(1, sound=False))
    tfhd = box(b"tfhd", struct.pack(f">II{len(tfhd_words)}I", tfhd_flags, 1, *tfhd_words))
    tfdt = box(b"tfdt", base if base is not None else struct.pack(">II", 0, 15_360))
    moof = box(b"moof", box(b"traf", tfhd + tfdt + run))
    _, fragment = Reader().feed(init.data + moof + box(b"mdat", b""))
    assert isinstance(fragment, Fragment)
    return fragment


def test_every_way_of_writing_durations_and_flags_is_read() -> None:
    """ISO 14496-12: defaults in trex or tfhd, flags for the first sample or each, any fields between."""
    init, _ = parsed(fragments(1, sound=False))
    scale = init.tracks[0].timescale
    each = fragment_of(0, [], track_run(0x700, 100, 1, 0x10000, 200, 1, 0))
    assert (each.duration, each.independent) == (300 / scale, False)
    default = fragment_of(0x38, [150, 9, 0x10000], track_run(0x1, 0))
    assert (default.duration, default.independent) == (300 / scale, False)
    first = fragment_of(0x20, [0x10000], track_run(0x105, 0, 0, 40, 60))
    assert (first.duration, first.independent) == (100 / scale, True)
    offset = fragment_of(
        0x3, [0, 0, 1], track_run(0x100, 10, 10), base=struct.pack(">IQ", 1 << 24, 2 * scale)
    )
    assert (offset.start, offset.duration) == (2.0, 20 / scale)


def test_an_unknown_codec_keeps_its_own_name() -> None:
    init, _ = parsed(fragments(1, sound=False))
    renamed = init.data.replace(b"avc1", b"hev1")
    again = Reader().feed(renamed)[0]
    assert isinstance(again, Init)
    assert again.codecs == "hev1"
