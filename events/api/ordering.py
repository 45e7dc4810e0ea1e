"""The order of the run of show, as editors save it while they drag."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from events.api.producing import managed, person
from events.api.shapes import shown, valid
from events.domain import lineup, revisions
from events.serializers import EventSerializer
from events.serializers.segments import LineupOrderSerializer


class EventLineupOrder(APIView):
    """Put segments and pieces in the given order."""

    @extend_schema(request=LineupOrderSerializer, responses=EventSerializer)
    def put(self, request: Request, slug: str) -> Response:
        event, now = managed(request, slug), timezone.now()
        data = valid(LineupOrderSerializer(data=request.data))
        version = data.get("version")
        with revisions.recorded(event, what="lineup", by=person(request), now=now):
            if "plan" in data:
                plan = [(row["segment"], row["items"]) for row in data["plan"]]
                lineup.arrange(event, plan, now=now, version=version)
            else:
                lineup.reorder(event, data["items"], now=now, version=version)
        return Response(shown(event, request))
