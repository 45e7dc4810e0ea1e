from django.urls import path

from livechat.views import claims, console, host_answers, moderator, questions, room, run, settings, want

urlpatterns = [
    path("events/<slug:slug>/", room.show, name="event"),
    path("events/<slug:slug>/settings/", settings.change, name="room-settings"),
    path("events/<slug:slug>/want/", want.want, name="room-want"),
    path("events/<slug:slug>/questions/", questions.act, name="room-questions"),
    path("events/<slug:slug>/claims/", claims.claim, name="room-claim"),
    path("rooms/verdicts/<str:question>/", claims.verdict, name="answer-verdict"),
    path("studio/claims/", claims.desk, name="studio-claims"),
    path("studio/claims/<str:report>/", claims.decide, name="studio-claim"),
    path("rooms/questions/<slug:slug>/", questions.of_product, name="product-questions"),
    path("hosts/<slug:slug>/answers/", host_answers.page, name="host-answers"),
    path("moderate/<slug:slug>/", moderator.show, name="moderator"),
    path("host/", console.home, name="host-home"),
    path("host/<slug:slug>/", console.show, name="host-console"),
    path("host/<slug:slug>/notes/", run.notes, name="run-notes"),
    path("studio/run/<slug:slug>/", run.actual, name="run-actual"),
]
