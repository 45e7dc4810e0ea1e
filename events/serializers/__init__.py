"""What the API says about holidays, hosts and events, and what it takes."""

from datetime import UTC, datetime, time
from typing import Any

from babel.numbers import is_currency
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import User
from catalog.models import Brand
from events.domain.calendar import Occurrence
from events.enums import EventState, StaffRole
from events.models import Event, EventHost, EventStaff, HolidayOccurrence, Host, LineupItem
from events.rules import can_host
from events.serializers.looks import LookSerializer, look_of
from events.serializers.segments import SegmentSerializer


class HolidaySerializer(serializers.Serializer):
    """A holiday on its days; `name` in the caller's language, `native` in its own script for the market."""

    key = serializers.CharField()
    name = serializers.SerializerMethodField()
    native = serializers.SerializerMethodField()
    greeting = serializers.SerializerMethodField()
    market = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    tentative = serializers.BooleanField()
    colours = serializers.SerializerMethodField()

    def get_name(self, day: Occurrence | HolidayOccurrence) -> str:
        return day.info.name(get_language() or "en") if day.info else day.key

    def get_native(self, day: Occurrence | HolidayOccurrence) -> str:
        return day.info.own(day.market).name if day.info else ""

    def get_greeting(self, day: Occurrence | HolidayOccurrence) -> str:
        return day.info.own(day.market).greeting if day.info else ""

    def get_colours(self, day: Occurrence | HolidayOccurrence) -> list[str]:
        return list(day.info.colours) if day.info else []


class EventHostSerializer(serializers.ModelSerializer):
    """A host of an event; `share` is in basis points and shown to the event's staff only."""

    slug = serializers.CharField(source="host.slug")
    name = serializers.CharField(source="host.name")
    headline = serializers.CharField(source="host.headline")
    niches = serializers.SerializerMethodField()

    class Meta:
        model = EventHost
        fields = ["slug", "name", "headline", "niches", "share"]

    def get_niches(self, row: EventHost) -> list[str]:
        return [niche.slug for niche in row.host.niches.all()]


class LineupItemSerializer(serializers.ModelSerializer):
    """A piece of the run of show; `talking_points` are for staff and hosts only."""

    id = serializers.CharField(source="public_id", read_only=True)
    product = serializers.CharField(source="product.public_id", read_only=True)
    name = serializers.CharField(source="product.name", read_only=True)
    segment = serializers.CharField(source="segment.public_id", default=None, read_only=True)

    class Meta:
        model = LineupItem
        fields = ["id", "product", "name", "segment", "position", "planned_second", "talking_points"]
        read_only_fields = ["position"]


class EventSerializer(serializers.ModelSerializer):
    """An event. What only its staff may know is left out for everybody else."""

    id = serializers.CharField(source="public_id")
    brand = serializers.CharField(source="brand.slug")
    holiday = HolidaySerializer(allow_null=True)
    hosts = EventHostSerializer(source="event_hosts", many=True)
    segments = SegmentSerializer(many=True)
    lineup = LineupItemSerializer(many=True)
    look = serializers.SerializerMethodField()

    class Meta:
        model = Event
        fields = [
            "id", "slug", "title", "summary", "brand", "holiday", "state", "time_zone", "currency",
            "starts_at", "ends_at", "went_live_at", "ended_at", "version", "look", "hosts", "segments",
            "lineup",
        ]  # fmt: skip

    @extend_schema_field(LookSerializer)
    def get_look(self, event: Event) -> dict[str, str]:
        return look_of(event)

    def to_representation(self, instance: Event) -> dict[str, Any]:
        data = super().to_representation(instance)
        if not self._is_staff(instance):
            for row in data["hosts"]:
                del row["share"]
            self._hide(data, instance)
        return data

    def _hide(self, data: dict[str, Any], event: Event) -> None:
        """Take out what is the crew's: notes, pieces not revealed yet, how a rehearsal went."""
        now = timezone.now()
        late = {item.public_id for item in event.lineup.all() if not item.is_shown(now)}
        data["lineup"] = [row for row in data["lineup"] if row["id"] not in late]
        for row in data["lineup"]:
            del row["talking_points"]
        if event.state == EventState.REHEARSAL:
            for row in data["segments"]:
                row["started_at"] = row["ended_at"] = None

    def _is_staff(self, event: Event) -> bool:
        known: set[int] | None = self.context.get("staff_of")
        if known is not None:
            return event.pk in known
        request = self.context.get("request")
        return can_host(request.user if request else None, event)


class MomentField(serializers.Field):
    """A day (its beginning or end in UTC, by `at`) or an instant; one without an offset is UTC."""

    def __init__(self, *, at: time, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.at = at

    def to_internal_value(self, data: str) -> datetime:
        try:
            day = parse_date(data)
            moment = datetime.combine(day, self.at) if day else parse_datetime(data)
        except ValueError:
            moment = None
        if moment is None:
            raise serializers.ValidationError(_("Write a day like 2027-08-08 or an instant with its offset."))
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class EventQuerySerializer(serializers.Serializer):
    """What a list of events may be narrowed by. `state` takes several, by comma."""

    state = serializers.CharField(required=False)
    brand = serializers.SlugField(required=False)
    holiday = serializers.SlugField(required=False, help_text="Key of a holiday, e.g. qixi")
    market = serializers.CharField(required=False, max_length=2, help_text="Market of the holiday, e.g. CN")
    host = serializers.SlugField(required=False)
    to = MomentField(at=time.max, required=False)

    def get_fields(self) -> dict[str, Any]:
        # `from` is a word of Python and cannot be an attribute.
        return {**super().get_fields(), "from": MomentField(at=time.min, required=False)}

    def validate_state(self, value: str) -> list[str]:
        states = value.split(",")
        if unknown := sorted(set(states) - set(EventState.values)):
            raise serializers.ValidationError(_("There is no state “%s”.") % ", ".join(unknown))
        return states


class HolidayChoiceSerializer(serializers.Serializer):
    """Which holiday, in which market, on which first day."""

    key = serializers.CharField()
    market = serializers.CharField()
    starts_on = serializers.DateField()


class EventWriteSerializer(serializers.Serializer):
    """What a producer may set. Times are instants with an offset; `time_zone` is what people are told."""

    title = serializers.CharField(max_length=120)
    summary = serializers.CharField(max_length=2000, allow_blank=True, required=False)
    holiday = HolidayChoiceSerializer(required=False, allow_null=True)
    time_zone = serializers.CharField(max_length=64)
    currency = serializers.CharField(max_length=3, required=False)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()

    def validate_currency(self, value: str) -> str:
        if not is_currency(value):
            raise serializers.ValidationError(_("“%(code)s” is not an ISO 4217 code.") % {"code": value})
        return value


class EventCreateSerializer(EventWriteSerializer):
    brand = serializers.SlugRelatedField(slug_field="slug", queryset=Brand.objects.all())


class EventPatchSerializer(EventWriteSerializer):
    """Any of them; `version` is the one the change was made on (default: whatever is newest)."""

    version = serializers.IntegerField(required=False)
    look = LookSerializer(required=False)


class AdvanceSerializer(serializers.Serializer):
    to = serializers.ChoiceField(choices=EventState.choices)


class ShareSerializer(serializers.Serializer):
    """A host by slug and the share of the credit in basis points."""

    host = serializers.SlugRelatedField(slug_field="slug", queryset=Host.objects.all())
    share = serializers.IntegerField(min_value=1, max_value=10_000)


class SharesSerializer(serializers.Serializer):
    hosts = ShareSerializer(many=True, allow_empty=True)


class StaffSerializer(serializers.ModelSerializer):
    """One person's work on one event; for its producers only."""

    user = serializers.CharField(source="user.public_id")
    name = serializers.CharField(source="user.display_name")
    email = serializers.EmailField(source="user.email")

    class Meta:
        model = EventStaff
        fields = ["user", "name", "email", "role"]


class StaffAddSerializer(serializers.Serializer):
    """The account with this e-mail address, and what it works as."""

    email = serializers.EmailField()
    role = serializers.ChoiceField(choices=StaffRole.choices)

    def validate_email(self, value: str) -> User:
        user = User.objects.filter(email=value.lower(), is_active=True).first()
        if user is None:
            raise serializers.ValidationError(
                _("Nobody has an account with this address. Ask them to sign up first.")
            )
        return user


class StaffRemoveSerializer(serializers.Serializer):
    """By the account's id, so that no address stands in a log."""

    user = serializers.SlugRelatedField(slug_field="public_id", queryset=User.objects.all())
    role = serializers.ChoiceField(choices=StaffRole.choices)


class StreamKeySerializer(serializers.Serializer):
    """`ingest` is a path at the media origin, or a whole address of a foreign engine."""

    key = serializers.CharField()
    ingest = serializers.CharField()
    protocol = serializers.CharField()


class FollowSerializer(serializers.Serializer[Any]):
    follows = serializers.BooleanField()
