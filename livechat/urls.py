from django.urls import path

from livechat.views import console, room, settings

urlpatterns = [
    path("events/<slug:slug>/", room.show, name="event"),
    path("events/<slug:slug>/settings/", settings.change, name="room-settings"),
    path("host/", console.home, name="host-home"),
    path("host/<slug:slug>/", console.show, name="host-console"),
]
