"""The trailer of a coming show: one short film and, if there are, its captions, in the media storage."""

from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.codes import new_public_id
from events.enums import OVER
from events.errors import BadTrailer, NotEditable
from events.models import Event

MOST_BYTES = 50 * 1_048_576
MOST_CAPTION_BYTES = 262_144
KINDS = {".mp4": "video/mp4", ".webm": "video/webm"}
MP4_MARK, WEBM_MARK = b"ftyp", b"\x1a\x45\xdf\xa3"
HEAD_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Trailer:
    """Where the film and its captions are; `captions` is empty without."""

    url: str
    kind: str
    captions: str


def trailer_of(event: Event) -> Trailer | None:
    """The show's trailer, if it has one."""
    if not event.trailer:
        return None
    suffix = event.trailer[event.trailer.rindex(".") :]
    words = _captions_of(event.trailer)
    captions = default_storage.url(words) if default_storage.exists(words) else ""
    return Trailer(default_storage.url(event.trailer), KINDS[suffix], captions)


def put_trailer(event: Event, film: BinaryIO, *, size: int, captions: bytes = b"") -> None:
    """Make `film` (`size` bytes) the trailer; the one before is deleted.

    What a file is called says nothing: its first bytes decide. Raises BadTrailer, NotEditable.
    """
    _check_open(event)
    suffix = _kind(film, size)
    if captions:
        _check_captions(captions)
    name = f"trailers/{event.public_id}-{new_public_id()[:8]}{suffix}"
    # A storage that knows the name already would give another one.
    kept = default_storage.save(name, film)
    if captions:
        default_storage.save(_captions_of(kept), ContentFile(captions))
    _swap(event, kept)


def remove_trailer(event: Event) -> None:
    """Take the trailer away. Raises NotEditable when the show is over."""
    _check_open(event)
    _swap(event, "")


@transaction.atomic
def _swap(event: Event, name: str) -> None:
    before = Event.objects.select_for_update().values_list("trailer", flat=True).get(pk=event.pk)
    Event.objects.filter(pk=event.pk).update(trailer=name)
    event.trailer = name
    if before:
        transaction.on_commit(partial(_delete, before), robust=True)


def _delete(name: str) -> None:
    default_storage.delete(name)
    default_storage.delete(_captions_of(name))


def _check_open(event: Event) -> None:
    if event.state in OVER:
        raise NotEditable(_("The show is over. What it was stays as it was."))


def _kind(film: BinaryIO, size: int) -> str:
    if size > MOST_BYTES:
        raise BadTrailer(_("The film is larger than 50 MB. Make it shorter or smaller."), field="film")
    film.seek(0)
    head = film.read(HEAD_BYTES)
    film.seek(0)
    if head[4:8] == MP4_MARK:
        return ".mp4"
    if head.startswith(WEBM_MARK) and b"webm" in head:
        return ".webm"
    raise BadTrailer(_("This is neither an MP4 nor a WebM film."), field="film")


def _check_captions(captions: bytes) -> None:
    try:
        words = captions.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = ""
    if len(captions) > MOST_CAPTION_BYTES or not words.startswith("WEBVTT"):
        raise BadTrailer(_("The captions are no WebVTT file of at most 256 kB."), field="captions")


def _captions_of(name: str) -> str:
    return f"{name[: name.rindex('.')]}.vtt"
