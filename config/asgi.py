"""The live lane: sockets, and in the embedded installation the pages too."""

import gc
import os

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application

from config.checks import refuse_unsafe_start
from config.threads import KeptThreads

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
pages = get_asgi_application()
refuse_unsafe_start()

from livechat.routing import websocket_urlpatterns  # noqa: E402 - its models need the apps loaded

application = ProtocolTypeRouter({"http": KeptThreads(pages), "websocket": URLRouter(websocket_urlpatterns)})

# What is loaded by now stays to the end: collecting garbage need not go over it again with every page.
gc.collect()
gc.freeze()
