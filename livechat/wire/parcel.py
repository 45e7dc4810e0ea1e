"""One text on its way to many: serialised once, framed once, compressed once."""

from collections.abc import Iterable
from time import time
from typing import Any

from livechat.wire import deflate, frames

# Shed for a reader who is behind and sampled in a busy room. Everything else is state and always told.
MAY_BE_SHED = frozenset({frames.ChatPosted.TYPE, frames.Skip.TYPE})


class Parcel:
    """What everybody (or one person in everybody's place) gets at one moment.

    `first` to `through` are the places of the log it fills, none when `first` is above `through`. `state` are
    those of them that must reach even a reader who is behind, as (seq, text); `aside` is a text outside the
    log that must, too.
    """

    __slots__ = ("_compressed", "_plain", "aside", "epoch", "first", "is_shared", "state", "text", "through")

    def __init__(
        self,
        text: str,
        *,
        epoch: str = "",
        first: int = 1,
        through: int = 0,
        state: tuple[tuple[int, str], ...] = (),
        aside: bool = False,
        is_shared: bool = True,
    ) -> None:
        self.text, self.epoch = text, epoch
        self.first, self.through, self.state = first, through, state
        self.aside, self.is_shared = aside, is_shared
        self._plain = self._compressed = b""

    @property
    def plain(self) -> bytes:
        """The frame for readers without compression."""
        if not self._plain:
            self._plain = deflate.frame(self.text.encode())
        return self._plain

    @property
    def compressed(self) -> bytes:
        """The frame for readers with compression; what is one person's own is never compressed."""
        if not self._compressed:
            payload = self.text.encode()
            self._compressed = deflate.compressed_frame(payload) if self.is_shared else self.plain
        return self._compressed

    def thinned(self, place: int) -> tuple[list[str], int]:
        """What a reader gets who is behind and stands before `place`: (texts, the place after them)."""
        found = []
        for seq, text in self.state:
            if seq >= place:
                if seq > place:
                    found.append(skipped(self.epoch, place, seq - 1))
                found.append(text)
                place = seq + 1
        if not self.aside:
            return found, place
        if self.through >= place:
            found.append(skipped(self.epoch, place, self.through))
        return [*found, self.text], max(place, self.through + 1)


def skipped(epoch: str, first: int, through: int) -> str:
    """The frame that says: these places hold nothing for you now."""
    place: dict[str, Any] = {"epoch": epoch, "seq": first, "at": round(time() * 1000)}
    return frames.dump(frames.sequenced(frames.Skipped.TYPE, {"through": through}, **place))


def batch(texts: Iterable[str]) -> str:
    """Several frames of the log as one text."""
    texts = list(texts)
    if len(texts) == 1:
        return texts[0]
    return f'{{"type":"{frames.Batch.TYPE}","frames":[{",".join(texts)}]}}'
