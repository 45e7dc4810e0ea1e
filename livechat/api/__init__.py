"""The room over HTTP. Each view is one domain call."""

from livechat.api import moderation, polls, questions, room

urlpatterns = [*moderation.urlpatterns, *polls.urlpatterns, *questions.urlpatterns, *room.urlpatterns]
