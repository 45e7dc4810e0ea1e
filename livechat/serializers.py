"""What the room's API takes and gives."""

from typing import Any

from rest_framework import serializers


class TicketOut(serializers.Serializer[Any]):
    ticket = serializers.CharField(
        help_text="Good for 30 seconds and one connection of this browser session."
    )
    expires_in = serializers.IntegerField(help_text="Seconds.")


class PinIn(serializers.Serializer[Any]):
    item = serializers.CharField(max_length=32, help_text="Id of a line-up item of this event.")


class PinOut(serializers.Serializer[Any]):
    id = serializers.CharField()
    item = serializers.CharField()
    product = serializers.CharField()
    host = serializers.CharField(allow_null=True)
    slot = serializers.IntegerField()
    at = serializers.IntegerField(help_text="Milliseconds UTC.")


class TouchIn(serializers.Serializer[Any]):
    product = serializers.CharField(max_length=32)


class TouchOut(serializers.Serializer[Any]):
    touch = serializers.CharField(help_text="Signed; travels with the bag line.")


class NameIn(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=80, trim_whitespace=True)


class NameOut(serializers.Serializer[Any]):
    name = serializers.CharField()


class RoomSettingsIn(serializers.Serializer[Any]):
    chat_needs_account = serializers.BooleanField()


class RoomSnapshot(serializers.Serializer[Any]):
    """The whole room; frames from `head` on lead to a later snapshot. See docs/protocol.md."""

    epoch = serializers.CharField()
    head = serializers.IntegerField()
    now = serializers.IntegerField(help_text="Milliseconds UTC.")
    event = serializers.DictField()
    pins = PinOut(many=True)
    products = serializers.DictField()
    lineup = serializers.ListField()
    chat = serializers.ListField()
    presence = serializers.DictField()
    settings = RoomSettingsIn()
