"""The API of holidays, hosts and events: thin, one domain call each."""

from django.urls import path

from events.api import assortments, engagements, following, hosts, ordering, people, producing, reading

urlpatterns = [
    path("holidays/", reading.HolidayList.as_view(), name="api-holidays"),
    path("hosts/", hosts.HostList.as_view(), name="api-hosts"),
    path("hosts/<slug:slug>/", hosts.HostDetail.as_view(), name="api-host"),
    path("hosts/<slug:slug>/follow/", following.HostFollowing.as_view(), name="api-host-follow"),
    path("events/", reading.EventList.as_view(), name="api-events"),
    path("events/<slug:slug>/", producing.EventDetail.as_view(), name="api-event"),
    path("events/<slug:slug>/advance/", producing.EventAdvance.as_view(), name="api-event-advance"),
    path("events/<slug:slug>/hosts/", producing.EventHosts.as_view(), name="api-event-hosts"),
    path(
        "events/<slug:slug>/hosts/replace/", engagements.EventHostReplace.as_view(), name="api-host-replace"
    ),
    path("events/<slug:slug>/engagements/", engagements.EventEngagements.as_view(), name="api-engagements"),
    path("engagements/<str:engagement>/", engagements.EngagementDetail.as_view(), name="api-engagement"),
    path(
        "engagements/<str:engagement>/answer/",
        engagements.EngagementAnswer.as_view(),
        name="api-engagement-answer",
    ),
    path("events/<slug:slug>/staff/", people.EventStaffList.as_view(), name="api-event-staff"),
    path("events/<slug:slug>/stream-key/", people.EventStreamKey.as_view(), name="api-event-stream-key"),
    path("events/<slug:slug>/lineup/", producing.EventLineup.as_view(), name="api-event-lineup"),
    path(
        "events/<slug:slug>/lineup/order/",
        ordering.EventLineupOrder.as_view(),
        name="api-event-lineup-order",
    ),
    path(
        "events/<slug:slug>/lineup/<str:item>/",
        producing.EventLineupItem.as_view(),
        name="api-event-lineup-item",
    ),
    path("editions/", assortments.EditionList.as_view(), name="api-editions"),
    path("editions/<slug:slug>/", assortments.EditionDetail.as_view(), name="api-edition"),
    path(
        "editions/<slug:slug>/published/",
        assortments.EditionPublished.as_view(),
        name="api-edition-published",
    ),
    path("editions/<slug:slug>/picture/", assortments.EditionPicture.as_view(), name="api-edition-picture"),
    path("editions/<slug:slug>/pieces/", assortments.EditionPieces.as_view(), name="api-edition-pieces"),
    path(
        "editions/<slug:slug>/pieces/<slug:product>/",
        assortments.EditionPiece.as_view(),
        name="api-edition-piece",
    ),
]
