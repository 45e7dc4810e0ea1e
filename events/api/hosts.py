"""Hosts over HTTP: the list and one of them."""

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.exceptions import NotAuthenticated, PermissionDenied, ValidationError
from rest_framework.request import Request

from events.api.shapes import valid
from events.domain.hosts import free_hosts
from events.models import Host
from events.queries_hosts import Asked, current_ties, search, with_profiles
from events.rules import events_managed_by, produces
from events.serializers.hosts import HostQuerySerializer, HostSerializer


def profiles(hosts: QuerySet[Host]) -> QuerySet[Host]:
    """Load what the serializer says of each host."""
    ties = Prefetch("ties", queryset=current_ties(timezone.localdate()))
    return with_profiles(hosts).prefetch_related("evidence__niche", ties)


@extend_schema(parameters=[HostQuerySerializer])
class HostList(generics.ListAPIView):
    """Hosts by name, or by credibility in the niche asked for."""

    serializer_class = HostSerializer
    queryset = Host.objects.none()

    def get_queryset(self) -> QuerySet[Host]:
        asked = valid(HostQuerySerializer(data=self.request.query_params))
        found = search(
            Asked(
                words=asked.get("q", ""),
                niches=(asked["niche"],) if "niche" in asked else (),
                language=asked.get("language", ""),
                market=asked.get("market", "").upper(),
            )
        )
        if "free_from" in asked or "free_to" in asked:
            found = _free(self.request, found, asked)
        return profiles(found)


def _free(request: Request, hosts: QuerySet[Host], asked: dict) -> QuerySet[Host]:
    if not request.user.is_authenticated:
        raise NotAuthenticated
    if not produces(request.user) and not events_managed_by(request.user).exists():
        raise PermissionDenied
    if not {"free_from", "free_to"} <= asked.keys() or asked["free_from"] >= asked["free_to"]:
        raise ValidationError({"free_to": [_("Give both ends, the earlier first.")]})
    return free_hosts(hosts, asked["free_from"], asked["free_to"])


class HostDetail(generics.RetrieveAPIView):
    """One host."""

    serializer_class = HostSerializer
    lookup_field = "slug"
    queryset = Host.objects.none()

    def get_queryset(self) -> QuerySet[Host]:
        return profiles(Host.objects.all())
