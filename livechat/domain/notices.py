"""The announcement above the chat: one at a time."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from livechat.domain import acts, log
from livechat.domain.rooms import badge_of
from livechat.domain.text import clean_text
from livechat.errors import NothingVisible, TooLong
from livechat.models import ModerationAct, Notice, Room
from livechat.wire.frames import NoticeCleared, NoticeSet

MAX_LENGTH = 200


def notice_card(room: Room) -> dict[str, object] | None:
    """What stands above the chat, as snapshots carry it."""
    shown = Notice.objects.filter(room=room, removed_at=None).first()
    return None if shown is None else {**_body(shown), "at": log.milliseconds(shown.placed_at)}


@transaction.atomic
def place_notice(room: Room, *, text: str, by: User, now: datetime) -> ModerationAct:
    """Announce something; it takes the place of what stood there.

    Raises NotAllowed, NothingVisible, TooLong.
    """
    acts.need_moderator(by, room)
    text = clean_text(text)
    if len(text) > MAX_LENGTH:
        raise TooLong
    locked = log.lock(room)
    before = _take_down(locked, now=now)
    notice = _show(locked, text=text, by=by, name=by.display_name, badge=badge_of(by, room.event), now=now)
    detail = {"text": text, "placed": notice.public_id, "replaced": before.public_id if before else None}
    return acts.record(room, acts.Verb.NOTICE, by=by, now=now, detail=detail)


@transaction.atomic
def remove_notice(room: Room, *, by: User, now: datetime) -> ModerationAct | None:
    """Take the announcement down; None when nothing stood there. Raises NotAllowed."""
    acts.need_moderator(by, room)
    locked = log.lock(room)
    before = _take_down(locked, now=now)
    if before is None:
        return None
    log.append(locked, NoticeCleared.TYPE, {"id": before.public_id}, now=now)
    detail = {"text": "", "placed": None, "replaced": before.public_id}
    return acts.record(room, acts.Verb.NOTICE, by=by, now=now, detail=detail)


def undo_notice(room: Room, act: ModerationAct, *, now: datetime) -> bool:
    """Bring back what stood there before the act; False when something else stands there by now."""
    locked = log.lock(room)
    shown = Notice.objects.filter(room=locked, removed_at=None).first()
    if (shown.public_id if shown else None) != act.detail["placed"]:
        return False
    _take_down(locked, now=now)
    before = Notice.objects.filter(room=locked, public_id=act.detail["replaced"]).first()
    if before is not None:
        _show(locked, text=before.text, by=before.by, name=before.name, badge=before.badge, now=now)
    elif shown is not None:
        log.append(locked, NoticeCleared.TYPE, {"id": shown.public_id}, now=now)
    return True


def _show(room: Room, *, text: str, by: User | None, name: str, badge: str, now: datetime) -> Notice:
    notice = Notice.objects.create(room=room, text=text, by=by, name=name[:40], badge=badge, placed_at=now)
    log.append(room, NoticeSet.TYPE, _body(notice), now=now)
    return notice


def _take_down(room: Room, *, now: datetime) -> Notice | None:
    shown = Notice.objects.filter(room=room, removed_at=None).first()
    if shown is not None:
        Notice.objects.filter(pk=shown.pk).update(removed_at=now)
    return shown


def _body(notice: Notice) -> dict[str, object]:
    return {"id": notice.public_id, "text": notice.text, "name": notice.name, "badge": notice.badge}


__all__ = ["MAX_LENGTH", "NothingVisible", "notice_card", "place_notice", "remove_notice", "undo_notice"]
