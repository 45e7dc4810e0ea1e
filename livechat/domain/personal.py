"""Frames outside the log, for one person or for those at work, sent when the fact they tell is committed."""

from functools import partial

from django.db import transaction

from livechat.models import Room
from livechat.wire import announce, frames
from livechat.wire.announce import STAFF

__all__ = ["STAFF", "tell"]


def tell(room: Room, to: str, frame: frames.Frame) -> None:
    """Hand `frame` to a viewer key or to STAFF on commit. Lost ones are found again over HTTP."""
    text = frames.dump(frames.unsequenced(frame))
    transaction.on_commit(partial(announce.tell, room.pk, to, text), robust=True)
