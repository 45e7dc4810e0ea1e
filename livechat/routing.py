"""The sockets of SeeNow."""

from typing import Any

from django.urls import path, re_path

from livechat.consumers.room import RoomConsumer


async def no_such_socket(_scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Refuse the handshake of any other address."""
    await receive()
    await send({"type": "websocket.close"})


websocket_urlpatterns = [
    path("ws/rooms/<slug:slug>/", RoomConsumer.as_asgi()),
    re_path(r"", no_such_socket),  # type: ignore[arg-type]  # an ASGI application, as Channels wants it
]
