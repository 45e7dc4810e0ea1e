"""Write the playlists of Low-Latency HLS (RFC 8216bis) from a packager's window."""

from datetime import UTC, datetime

from events.streaming.packager import Packager, Segment

PART_SEGMENTS = 2  # parts are worth naming only near the edge
HOLD_BACK_SEGMENTS = 3


def media_playlist(packager: Packager) -> str:
    """The playlist as it is now. Segment URIs are relative to the playlist's own address."""
    segments = packager.listed
    first = segments[0].number if segments else packager.next_number
    lines = [*_header(packager), f"#EXT-X-MEDIA-SEQUENCE:{first}"]
    lines.append(f"#EXT-X-DISCONTINUITY-SEQUENCE:{packager.discontinuity_sequence}")
    generation = None
    for place, segment in enumerate(segments):
        lines += _opening(segment, generation)
        generation = segment.generation
        if place >= len(segments) - PART_SEGMENTS and not packager.ended:
            lines += _parts(segment)
        if segment.closed:
            lines += [f"#EXTINF:{segment.duration:.5f},", f"seg{segment.number}.m4s"]
    lines += _closing(packager, generation)
    return "\n".join(lines) + "\n"


def multivariant_playlist(packager: Packager) -> str:
    """The one-rendition index for players that want codecs and size before anything else."""
    init = packager.inits[max(packager.inits)]
    facts = [f"BANDWIDTH={_bandwidth(packager)}", f'CODECS="{init.codecs}"']
    if init.video:
        facts.append(f"RESOLUTION={init.video.width}x{init.video.height}")
    return "\n".join(
        ["#EXTM3U", "#EXT-X-VERSION:9", f"#EXT-X-STREAM-INF:{','.join(facts)}", "index.m3u8", ""]
    )


def part_hold_back(packager: Packager) -> float:
    """Seconds players stay behind the edge: three parts, and never so few that a hiccup shows."""
    return max(3 * packager.part_target, 0.75)


def _header(packager: Packager) -> list[str]:
    target = packager.target_duration
    control = (
        f"CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK={part_hold_back(packager):.3f},"
        f"HOLD-BACK={HOLD_BACK_SEGMENTS * target}"
    )
    return [
        "#EXTM3U",
        "#EXT-X-VERSION:9",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        f"#EXT-X-TARGETDURATION:{target}",
        f"#EXT-X-SERVER-CONTROL:{control}",
        f"#EXT-X-PART-INF:PART-TARGET={packager.part_target:.5f}",
    ]


def _opening(segment: Segment, generation: int | None) -> list[str]:
    lines = ["#EXT-X-DISCONTINUITY"] if segment.discontinuity else []
    if segment.generation != generation:
        lines.append(f'#EXT-X-MAP:URI="init{segment.generation}.mp4"')
    return [*lines, f"#EXT-X-PROGRAM-DATE-TIME:{_date(segment.starts_at)}"]


def _parts(segment: Segment) -> list[str]:
    lines = []
    for index, part in enumerate(segment.parts):
        independent = ",INDEPENDENT=YES" if part.independent else ""
        uri = part_name(segment.number, index)
        lines.append(f'#EXT-X-PART:DURATION={part.duration:.5f},URI="{uri}"{independent}')
    return lines


def _closing(packager: Packager, generation: int | None) -> list[str]:
    if packager.ended:
        return ["#EXT-X-ENDLIST"]
    if not packager.on_air or generation != max(packager.inits, default=None):
        # Away, or a new publisher whose first part is not here: nothing to promise.
        return []
    return [f'#EXT-X-PRELOAD-HINT:TYPE=PART,URI="{part_name(*packager.next_part())}"']


def part_name(number: int, index: int) -> str:
    """The file name of a part."""
    return f"part{number}.{index}.m4s"


def _date(unix_seconds: float) -> str:
    moment = datetime.fromtimestamp(unix_seconds, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _bandwidth(packager: Packager) -> int:
    closed = [segment for segment in packager.listed if segment.closed]
    peaks = [8 * len(segment.data) / max(segment.duration, 0.1) for segment in closed]
    return round(max(peaks, default=1_500_000))
