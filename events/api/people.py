"""Who works on one event, and the key of the picture for those who may host it."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from events.api.producing import allowed, managed
from events.api.shapes import valid
from events.domain import scheduling, streams
from events.enums import StaffRole
from events.models import EventStaff
from events.rules import can_host
from events.serializers import (
    StaffAddSerializer,
    StaffRemoveSerializer,
    StaffSerializer,
    StreamKeySerializer,
)
from events.streaming.registry import engine


@method_decorator(never_cache, name="dispatch")
class EventStaffList(generics.ListAPIView):
    """The people who work on this one event, beside those whose brand role already lets them."""

    serializer_class = StaffSerializer
    queryset = EventStaff.objects.none()

    def get_queryset(self) -> QuerySet[EventStaff]:
        event = managed(self.request, self.kwargs["slug"])
        return event.staff.select_related("user").order_by("role", "pk")

    @extend_schema(request=StaffAddSerializer, responses={201: StaffSerializer})
    def post(self, request: Request, slug: str) -> Response:
        event = managed(request, slug)
        data = valid(StaffAddSerializer(data=request.data))
        row = scheduling.assign_staff(event, user=data["email"], role=StaffRole(data["role"]))
        return Response(StaffSerializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(parameters=[StaffRemoveSerializer], responses={204: None})
    def delete(self, request: Request, slug: str) -> Response:
        event = managed(request, slug)
        data = valid(StaffRemoveSerializer(data=request.query_params))
        scheduling.release_staff(event, user=data["user"], role=StaffRole(data["role"]))
        return Response(status=status.HTTP_204_NO_CONTENT)


@method_decorator(never_cache, name="dispatch")
class EventStreamKey(APIView):
    """A fresh key for the picture, shown this once; whoever publishes with an older one is cut."""

    @extend_schema(request=None, responses={201: StreamKeySerializer})
    def post(self, request: Request, slug: str) -> Response:
        event = allowed(request, slug, can_host)
        key = streams.issue_key(event, now=timezone.now())
        ingest = engine().create_ingest(streams.stream_of(event).public_id)
        answer = StreamKeySerializer({"key": key, "ingest": ingest.camera, "protocol": ingest.protocol})
        return Response(answer.data, status=status.HTTP_201_CREATED)
