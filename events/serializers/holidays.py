"""What the API says of holidays in full: customs, what they are about, and how a show is prepared."""

from typing import Any

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from events.domain.calendar import Occurrence
from events.holidays.leadtime import plan
from events.serializers import HolidaySerializer


class StepSerializer(serializers.Serializer):
    """One step of the lead-time plan: `tease`, `presale`, `show` or `dispatch`."""

    kind = serializers.CharField()
    on = serializers.DateField()
    note = serializers.CharField()


class HolidayNotesSerializer(HolidaySerializer):
    """A holiday of a year with what staff need: who keeps it, customs, what to avoid, relevance 1 to 3 per
    category, and the plan counted back from the last dispatch. Words in the caller's language.
    """

    wish = serializers.SerializerMethodField()
    who = serializers.SerializerMethodField()
    customs = serializers.SerializerMethodField()
    avoid = serializers.SerializerMethodField()
    relevance = serializers.SerializerMethodField()
    plan = serializers.SerializerMethodField()
    own = serializers.BooleanField(source="info.is_own")
    moved_from = serializers.DateField(allow_null=True)

    def get_wish(self, day: Occurrence) -> str:
        return day.info.greeting_in(_language())

    def get_who(self, day: Occurrence) -> str:
        return day.info.who(_language())

    def get_customs(self, day: Occurrence) -> list[str]:
        return list(day.info.customs(_language()))

    def get_avoid(self, day: Occurrence) -> list[str]:
        return list(day.info.avoid(_language()))

    def get_relevance(self, day: Occurrence) -> dict[str, int]:
        return dict(day.info.relevances)

    @extend_schema_field(StepSerializer(many=True))
    def get_plan(self, day: Occurrence) -> Any:
        rows: Any = StepSerializer(plan(day.info, day.market, day.starts_on), many=True).data
        return rows


def _language() -> str:
    return get_language() or "en"
