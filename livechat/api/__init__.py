"""The room over HTTP. Each view is one domain call."""

from livechat.api import room

urlpatterns = [*room.urlpatterns]
