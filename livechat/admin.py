"""The back office of rooms: everything a room wrote, to be read."""

from django.contrib import admin

from accounts.admin import LookOnly
from livechat.models import (
    AccuracyReport,
    AnswerVerdict,
    Attendance,
    BlockedTerm,
    ChatMessage,
    ModerationAct,
    Notice,
    Pin,
    Poll,
    PollVote,
    Question,
    QuestionVote,
    ReactionMinute,
    Room,
    RoomFrame,
    RoomPresence,
    RoomTicket,
    Sanction,
    ShelfNote,
    Touch,
)


@admin.register(Room)
class RoomAdmin(LookOnly):
    list_display = ("event", "epoch", "head", "writers", "chat_needs_account", "slow_seconds", "review")
    list_select_related = ("event",)
    search_fields = ("event__title", "event__slug")


@admin.register(RoomFrame)
class RoomFrameAdmin(LookOnly):
    list_display = ("room", "epoch", "seq", "type", "at")
    list_filter = ("type",)
    list_select_related = ("room__event",)
    search_fields = ("room__event__slug", "type")


@admin.register(ChatMessage)
class ChatMessageAdmin(LookOnly):
    """Lines are taken down in the room, where everybody's copy goes with them."""

    list_display = ("at", "room", "author_name", "badge", "text", "state", "topic", "rehearsal", "deleted_at")
    list_filter = ("rehearsal", "state", "topic", ("deleted_at", admin.EmptyFieldListFilter), "badge")
    list_select_related = ("room__event",)
    search_fields = ("text", "author_name", "author_key", "public_id")
    date_hierarchy = "at"
    # Fingerprints of lines and addresses tell a reader nothing.
    exclude = ("fingerprint", "address_hash", "session_hash")


@admin.register(Pin)
class PinAdmin(LookOnly):
    list_display = ("room", "product", "host", "slot", "pinned_at", "unpinned_at")
    list_filter = (("unpinned_at", admin.EmptyFieldListFilter),)
    list_select_related = ("room__event", "product", "host")
    search_fields = ("room__event__slug", "product__name", "public_id")


@admin.register(Touch)
class TouchAdmin(LookOnly):
    list_display = ("at", "room", "product", "host", "viewer_key")
    list_select_related = ("room__event", "product", "host")
    search_fields = ("viewer_key", "product__name", "public_id")


@admin.register(RoomTicket)
class RoomTicketAdmin(LookOnly):
    """Fingerprints of tickets and sessions are left out: nobody needs to read them."""

    list_display = ("room", "viewer_key", "rehearsal", "expires_at", "used_at")
    list_filter = ("rehearsal",)
    list_select_related = ("room__event",)
    search_fields = ("viewer_key",)
    fields = ("room", "user", "viewer_key", "rehearsal", "expires_at", "used_at")


@admin.register(RoomPresence)
class RoomPresenceAdmin(LookOnly):
    list_display = ("room", "process", "viewers", "rehearsal_crowd", "seen_at")
    list_select_related = ("room__event",)


@admin.register(ShelfNote)
class ShelfNoteAdmin(LookOnly):
    list_display = ("kind", "variant", "at")
    list_filter = ("kind",)
    list_select_related = ("variant__product",)


@admin.register(Sanction)
class SanctionAdmin(LookOnly):
    """Lifted in the room, where the person is told."""

    list_display = ("at", "kind", "target_name", "brand", "room", "by", "until", "lifted_at")
    list_filter = ("kind", ("lifted_at", admin.EmptyFieldListFilter))
    list_select_related = ("brand", "room__event", "by")
    search_fields = ("target_name", "target_key", "reason")
    exclude = ("session_hash", "address_hash")


@admin.register(ModerationAct)
class ModerationActAdmin(LookOnly):
    list_display = ("at", "room", "actor_name", "verb", "target_name", "reason", "undone_at")
    list_filter = ("verb", ("undone_at", admin.EmptyFieldListFilter))
    list_select_related = ("room__event",)
    search_fields = ("actor_name", "target_name", "reason")
    date_hierarchy = "at"


@admin.register(BlockedTerm)
class BlockedTermAdmin(LookOnly):
    list_display = ("term", "language", "brand", "effect", "added_by", "at")
    list_filter = ("language", "effect", "brand")
    list_select_related = ("brand", "added_by")
    search_fields = ("term",)


@admin.register(Notice)
class NoticeAdmin(LookOnly):
    list_display = ("placed_at", "room", "name", "text", "removed_at")
    list_select_related = ("room__event",)
    search_fields = ("text", "room__event__slug")


@admin.register(Question)
class QuestionAdmin(LookOnly):
    list_display = ("asked_at", "room", "product", "author_name", "text", "votes", "state", "answered_name")
    list_filter = ("state", "rehearsal")
    list_select_related = ("room__event", "product")
    search_fields = ("text", "answer", "author_name", "product__name")
    date_hierarchy = "asked_at"


@admin.register(QuestionVote)
class QuestionVoteAdmin(LookOnly):
    list_display = ("at", "question", "viewer_key")
    list_select_related = ("question",)
    search_fields = ("viewer_key",)


@admin.register(Poll)
class PollAdmin(LookOnly):
    list_display = ("opened_at", "room", "question", "counts", "closed_at")
    list_select_related = ("room__event",)
    search_fields = ("question", "room__event__slug")


@admin.register(PollVote)
class PollVoteAdmin(LookOnly):
    list_display = ("at", "poll", "option", "rehearsal", "viewer_key")
    list_filter = ("rehearsal",)
    list_select_related = ("poll",)
    search_fields = ("viewer_key",)


@admin.register(ReactionMinute)
class ReactionMinuteAdmin(LookOnly):
    list_display = ("minute", "room", "kind", "count")
    list_filter = ("kind",)
    list_select_related = ("room__event",)


@admin.register(Attendance)
class AttendanceAdmin(LookOnly):
    list_display = ("room", "viewer_key", "at")
    list_select_related = ("room__event",)
    search_fields = ("viewer_key",)


@admin.register(AnswerVerdict)
class AnswerVerdictAdmin(LookOnly):
    list_display = ("question", "helpful", "at")
    list_filter = ("helpful",)
    list_select_related = ("question",)


@admin.register(AccuracyReport)
class AccuracyReportAdmin(LookOnly):
    list_display = ("host", "product", "state", "at", "decided_at")
    list_filter = ("state",)
    list_select_related = ("host", "product")
