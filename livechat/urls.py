from django.urls import path

from livechat.views import console, room

urlpatterns = [
    path("events/<slug:slug>/", room.show, name="event"),
    path("host/", console.home, name="host-home"),
    path("host/<slug:slug>/", console.show, name="host-console"),
]
