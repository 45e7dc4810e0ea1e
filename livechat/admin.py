"""The back office of rooms: everything a room wrote, to be read."""

from django.contrib import admin

from accounts.admin import LookOnly
from livechat.models import ChatMessage, Pin, Room, RoomFrame, RoomPresence, RoomTicket, ShelfNote, Touch


@admin.register(Room)
class RoomAdmin(LookOnly):
    list_display = ("event", "epoch", "head", "chat_needs_account")
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

    list_display = ("at", "room", "author_name", "badge", "text", "rehearsal", "deleted_at")
    list_filter = ("rehearsal", ("deleted_at", admin.EmptyFieldListFilter), "badge")
    list_select_related = ("room__event",)
    search_fields = ("text", "author_name", "author_key", "public_id")
    date_hierarchy = "at"


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
