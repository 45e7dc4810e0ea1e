"""Who may write in a room, and how: changed by lead moderators, told in one frame."""

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from livechat.domain import acts, log
from livechat.domain.rooms import settings_card
from livechat.models import ModerationAct, Room
from livechat.wire.fold import SETTINGS
from livechat.wire.frames import RoomSettings


@transaction.atomic
def change_settings(room: Room, *, by: User, now: datetime, **wanted: Any) -> ModerationAct | None:
    """Set any of `chat_needs_account`, `writers`, `slow_seconds` and `review`; None when nothing changed.

    Raises NotAllowed to all but lead moderators and those who manage the show.
    """
    acts.need_lead(by, room)
    if unknown := wanted.keys() - set(SETTINGS):
        raise TypeError(f"no such settings: {sorted(unknown)}")
    before = _write(room, wanted, now=now)
    if not before:
        return None
    after = {name: wanted[name] for name in before}
    return acts.record(room, acts.Verb.SETTINGS, by=by, now=now, detail={"before": before, "after": after})


def restore_settings(room: Room, act: ModerationAct, *, now: datetime) -> bool:
    """Set back what an act changed, as far as nobody changed it again since; whether anything was."""
    now_set = settings_card(log.lock(room))
    changed = {name for name, value in act.detail["after"].items() if now_set[name] == value}
    return bool(_write(room, {name: act.detail["before"][name] for name in changed}, now=now))


def _write(room: Room, wanted: dict[str, Any], *, now: datetime) -> dict[str, object]:
    """Store and tell; what those settings that really changed were before."""
    locked = log.lock(room)
    before = {
        name: value for name, value in settings_card(locked).items() if wanted.get(name, value) != value
    }
    for name in before:
        setattr(locked, name, wanted[name])
        setattr(room, name, wanted[name])
    if before:
        locked.save(update_fields=list(before))
        log.append(locked, RoomSettings.TYPE, settings_card(locked), now=now)
    return before
