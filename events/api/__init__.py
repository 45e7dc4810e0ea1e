"""The API of holidays, hosts and events: thin, one domain call each."""

from django.urls import path

from events.api import following, people, producing, reading

urlpatterns = [
    path("holidays/", reading.HolidayList.as_view(), name="api-holidays"),
    path("hosts/", reading.HostList.as_view(), name="api-hosts"),
    path("hosts/<slug:slug>/", reading.HostDetail.as_view(), name="api-host"),
    path("hosts/<slug:slug>/follow/", following.HostFollowing.as_view(), name="api-host-follow"),
    path("events/", reading.EventList.as_view(), name="api-events"),
    path("events/<slug:slug>/", producing.EventDetail.as_view(), name="api-event"),
    path("events/<slug:slug>/advance/", producing.EventAdvance.as_view(), name="api-event-advance"),
    path("events/<slug:slug>/hosts/", producing.EventHosts.as_view(), name="api-event-hosts"),
    path("events/<slug:slug>/staff/", people.EventStaffList.as_view(), name="api-event-staff"),
    path("events/<slug:slug>/stream-key/", people.EventStreamKey.as_view(), name="api-event-stream-key"),
    path("events/<slug:slug>/lineup/", producing.EventLineup.as_view(), name="api-event-lineup"),
    path(
        "events/<slug:slug>/lineup/order/",
        producing.EventLineupOrder.as_view(),
        name="api-event-lineup-order",
    ),
    path(
        "events/<slug:slug>/lineup/<str:item>/",
        producing.EventLineupItem.as_view(),
        name="api-event-lineup-item",
    ),
]
