from django.urls import path

from livechat.views import room

urlpatterns = [
    path("events/<slug:slug>/", room.show, name="event"),
]
