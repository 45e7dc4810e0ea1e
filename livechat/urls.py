from django.urls import path

from livechat.views import console, moderator, room, settings, want

urlpatterns = [
    path("events/<slug:slug>/", room.show, name="event"),
    path("events/<slug:slug>/settings/", settings.change, name="room-settings"),
    path("events/<slug:slug>/want/", want.want, name="room-want"),
    path("moderate/<slug:slug>/", moderator.show, name="moderator"),
    path("host/", console.home, name="host-home"),
    path("host/<slug:slug>/", console.show, name="host-console"),
]
