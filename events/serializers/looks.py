"""What a show wears, as the API tells and takes it."""

from rest_framework import serializers

from events.domain import looks
from events.enums import Backdrop, TypeAccent
from events.models import Event


class LookSerializer(serializers.Serializer):
    """The show's own look; an empty colour is the festival's and the house's. Colours are `#rrggbb`.

    `stylesheet` sets it as custom properties on `[data-look="<slug>"]`; empty when nothing is of its own.
    """

    ground = serializers.CharField(max_length=7, allow_blank=True, required=False)
    writing = serializers.CharField(max_length=7, allow_blank=True, required=False)
    accent = serializers.CharField(max_length=7, allow_blank=True, required=False)
    stage = serializers.CharField(max_length=7, allow_blank=True, required=False)
    glow = serializers.CharField(max_length=7, allow_blank=True, required=False)
    type_accent = serializers.ChoiceField(choices=TypeAccent.choices, required=False)
    backdrop = serializers.ChoiceField(choices=Backdrop.choices, required=False)
    stylesheet = serializers.CharField(read_only=True)


def look_of(event: Event) -> dict[str, str]:
    """The look of `event` for `LookSerializer`."""
    mine = looks.own(event)
    return {field: getattr(mine, field) for field in looks.FIELDS} | {"stylesheet": looks.of(event).url}
