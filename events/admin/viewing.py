"""The back office of what viewers keep: looked at here, never changed."""

from django.contrib import admin

from accounts.admin import LookOnly
from events.models import CalendarFeed, Reminder, SavedEvent, Wish


@admin.register(Reminder)
class ReminderAdmin(LookOnly):
    list_display = ("event", "channel", "lead", "due_at", "sent_at", "stopped_at")


@admin.register(CalendarFeed)
class CalendarFeedAdmin(LookOnly):
    list_display = ("user", "created_at")
    exclude = ("token",)


@admin.register(SavedEvent)
class SavedEventAdmin(LookOnly):
    list_display = ("user", "event", "at")


@admin.register(Wish)
class WishAdmin(LookOnly):
    list_display = ("event", "product", "at")
