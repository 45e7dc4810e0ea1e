"""The run of show as the API says it and takes it."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from catalog.models import Product
from events.models import Segment

LONGEST_ID = 32


class SegmentSerializer(serializers.ModelSerializer):
    """A part of a long show, times in seconds after the start. Cue notes are not told here."""

    id = serializers.CharField(source="public_id")
    brand = serializers.CharField(source="brand.slug")
    hosts = serializers.SerializerMethodField()

    class Meta:
        model = Segment
        fields = [
            "id", "title", "brand", "hosts", "position", "planned_second", "planned_seconds",
            "started_at", "ended_at",
        ]  # fmt: skip

    def get_hosts(self, segment: Segment) -> list[str]:
        return [host.slug for host in segment.hosts.all()]


class PlanRowSerializer(serializers.Serializer):
    """The pieces of one segment in their order; those without a segment stand under an empty id."""

    segment = serializers.CharField(max_length=LONGEST_ID, allow_blank=True)
    items = serializers.ListField(child=serializers.CharField(max_length=LONGEST_ID))


class LineupOrderSerializer(serializers.Serializer):
    """Either `items`, every piece in its order, or `plan`, every segment with its pieces.

    `version` is the one the writer saw; left out, nothing is compared.
    """

    items = serializers.ListField(child=serializers.CharField(max_length=LONGEST_ID), required=False)
    plan = PlanRowSerializer(many=True, required=False)
    version = serializers.IntegerField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("items" in attrs) == ("plan" in attrs):
            raise serializers.ValidationError(_("Send either “items” or “plan”."))
        return attrs


class LineupAddSerializer(serializers.Serializer):
    product = serializers.SlugRelatedField(slug_field="public_id", queryset=Product.objects.all())
    planned_second = serializers.IntegerField(min_value=0, max_value=43_200, required=False)
    talking_points = serializers.CharField(max_length=2000, allow_blank=True, required=False)


class LineupEditSerializer(serializers.Serializer):
    """Any of them; `version` is the one the change was made on (default: whatever is newest)."""

    planned_second = serializers.IntegerField(min_value=0, max_value=43_200, required=False)
    talking_points = serializers.CharField(max_length=2000, allow_blank=True, required=False)
    cue = serializers.CharField(max_length=2000, allow_blank=True, required=False)
    reveal_at = serializers.DateTimeField(allow_null=True, required=False)
    version = serializers.IntegerField(required=False)
