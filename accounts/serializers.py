"""The shape of one's own account in the API."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.domain.names import clean_name
from accounts.domain.preferences import zones
from accounts.domain.viewers import Viewer


class PushKeysSerializer(serializers.Serializer[Any]):
    p256dh = serializers.CharField(max_length=120)
    auth = serializers.CharField(max_length=60)


class PushSerializer(serializers.Serializer[Any]):
    """A browser's push subscription, as its `toJSON()` writes it."""

    endpoint = serializers.URLField(max_length=600)
    keys = PushKeysSerializer()


class PushEndSerializer(serializers.Serializer[Any]):
    endpoint = serializers.URLField(max_length=600)


class PushStateSerializer(serializers.Serializer[Any]):
    """`key` is what a browser subscribes with; empty when this installation sends no notifications."""

    key = serializers.CharField()
    listens = serializers.BooleanField(help_text=_("Whether any browser of yours takes notifications"))


class MeSerializer(serializers.Serializer[Any]):
    """Reads a dict of `me`; writes what is given of name, language and zone."""

    guest = serializers.BooleanField(read_only=True)
    id = serializers.CharField(read_only=True, allow_null=True, help_text=_("Public id; null for guests"))
    email = serializers.EmailField(read_only=True, allow_null=True)
    display_name = serializers.CharField(required=False, max_length=200, allow_blank=True)
    language = serializers.ChoiceField(choices=settings.LANGUAGES, required=False)
    time_zone = serializers.CharField(required=False, max_length=64)
    admin = serializers.BooleanField(read_only=True)

    def validate_display_name(self, text: str) -> str:
        viewer: Viewer | None = self.context.get("viewer")
        user = viewer.user if viewer else None
        if not text.strip() or (user and text == user.display_name):
            return text.strip()
        return clean_name(text, user=user)

    def validate_time_zone(self, name: str) -> str:
        if name not in zones():
            raise serializers.ValidationError(_("Give an IANA time zone, e.g. Europe/Paris."), code="invalid")
        return name
