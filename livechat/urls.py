from django.urls import path

from livechat.views import claims, console, moderator, questions, room, settings, want

urlpatterns = [
    path("events/<slug:slug>/", room.show, name="event"),
    path("events/<slug:slug>/settings/", settings.change, name="room-settings"),
    path("events/<slug:slug>/want/", want.want, name="room-want"),
    path("events/<slug:slug>/questions/", questions.act, name="room-questions"),
    path("events/<slug:slug>/claims/", claims.claim, name="room-claim"),
    path("rooms/verdicts/<str:public_id>/", claims.verdict, name="answer-verdict"),
    path("studio/claims/", claims.desk, name="studio-claims"),
    path("studio/claims/<str:public_id>/", claims.decide, name="studio-claim"),
    path("rooms/questions/<slug:slug>/", questions.of_product, name="product-questions"),
    path("moderate/<slug:slug>/", moderator.show, name="moderator"),
    path("host/", console.home, name="host-home"),
    path("host/<slug:slug>/", console.show, name="host-console"),
]
