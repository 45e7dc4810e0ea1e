from django.urls import path

from livechat.views import console, moderator, questions, room, settings, want

urlpatterns = [
    path("events/<slug:slug>/", room.show, name="event"),
    path("events/<slug:slug>/settings/", settings.change, name="room-settings"),
    path("events/<slug:slug>/want/", want.want, name="room-want"),
    path("events/<slug:slug>/questions/", questions.act, name="room-questions"),
    path("rooms/questions/<slug:slug>/", questions.of_product, name="product-questions"),
    path("moderate/<slug:slug>/", moderator.show, name="moderator"),
    path("host/", console.home, name="host-home"),
    path("host/<slug:slug>/", console.show, name="host-console"),
]
