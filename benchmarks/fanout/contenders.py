"""Who is measured, and how each is started and spoken to. The order is the order of the table."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.fanout.corpus import Line, compact, told

HERE = Path(__file__).parent
OTHERS = HERE / "others"
WEBSOCKET_CLASSES = ("livechat.wire.ready:FrameProtocol", "websockets-sansio")


@dataclass(frozen=True)
class Place:
    """Where one server runs: its port, the Redis of this run and a folder that is thrown away."""

    port: int
    redis: str
    folder: Path


@dataclass(frozen=True, kw_only=True)
class Contender:
    """One server. `wrap`: a chat line as its publisher sends it; `publisher`: as the load client names it."""

    name: str
    title: str
    command: Callable[[Place], list[str]]
    wrap: Callable[[Line], str]
    path: str = "/"
    flavour: str = "raw"
    deflate: bool = False
    publisher: str = "viewer"
    environment: Callable[[Place], dict[str, str]] = lambda _place: {}

    @property
    def short_title(self) -> str:
        """As the chart has room for it."""
        return self.title.split(", ")[0] if self.is_ours else self.title

    @property
    def is_ours(self) -> bool:
        return self.flavour == "seenow"


def protocol_class() -> str:
    """uvicorn's `--ws` of SeeNow: its ready frames where they exist, else uvicorn's own protocol."""
    module = HERE.parents[1] / "livechat" / "wire" / "ready.py"
    return WEBSOCKET_CLASSES[0 if module.exists() else 1]


def _uvicorn(place: Place, application: str, websockets: str) -> list[str]:
    return [
        *(sys.executable, "-m", "uvicorn", application, "--host", "127.0.0.1", "--port", str(place.port)),
        *("--ws", websockets, "--loop", "uvloop", "--backlog", "4096", "--log-level", "error"),
    ]


def _ours(place: Place) -> list[str]:
    return [
        *_uvicorn(place, "benchmarks.fanout.ours:application", protocol_class()),
        *("--ws-max-size", "16384"),
    ]


def _our_environment(tick: str, lines: str) -> Callable[[Place], dict[str, str]]:
    return lambda place: {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SEENOW_VAR": str(place.folder),
        "DATABASE_URL": f"sqlite:///{place.folder / 'seenow.sqlite3'}",
        "REDIS_URL": place.redis,
        "LOG_LEVEL": "ERROR",
        "FANOUT_TICK": tick,
        "FANOUT_LINES": lines,
    }


def _plain_environment(layer: str) -> Callable[[Place], dict[str, str]]:
    return lambda place: {"PLAIN_LAYER": layer, "PLAIN_REDIS": place.redis}


def _ours_line(line: Line) -> str:
    return compact({name: line[name] for name in ("name", "badge", "text", "author", "lang")})


def _said_line(line: Line) -> str:
    return compact({"type": "chat.send", "id": "~00000~", "text": line["text"]})


def _plain_line(line: Line) -> str:
    return compact({"message": told(line)})


def _nginx(place: Place) -> list[str]:
    text = (OTHERS / "nginx.conf").read_text()
    config = place.folder / "nginx.conf"
    config.write_text(text.replace("@port@", str(place.port)).replace("@folder@", str(place.folder)))
    return [
        "/usr/sbin/nginx",
        "-c",
        str(config),
        "-p",
        str(place.folder),
        "-e",
        str(place.folder / "nginx.log"),
    ]


def _node(script: str) -> Callable[[Place], list[str]]:
    return lambda place: ["node", str(OTHERS / script), str(place.port), place.redis]


def _seenow(
    name: str, title: str, *, tick: str = "", deflate: bool, lines: str = "0", publisher: str = "stage"
) -> Contender:
    return Contender(
        name=name,
        title=title,
        command=_ours,
        environment=_our_environment(tick, lines),
        wrap=_said_line if publisher == "viewers" else _ours_line,
        flavour="seenow",
        deflate=deflate,
        publisher=publisher,
    )


def _channels(name: str, title: str, layer: str, *, deflate: bool = False) -> Contender:
    return Contender(
        name=name,
        title=title,
        command=lambda place: _uvicorn(
            place, "benchmarks.fanout.others.plain:application", "websockets-sansio"
        ),
        environment=_plain_environment(layer),
        wrap=_plain_line,
        path="/ws/chat/room/",
        deflate=deflate,
    )


CORE_LAYER = "channels_redis.core.RedisChannelLayer"
PUBSUB_LAYER = "channels_redis.pubsub.RedisPubSubChannelLayer"
CONTENDERS = {
    contender.name: contender
    for contender in (
        _seenow("seenow", "SeeNow: 100 ms tick, deflate once per room", deflate=True),
        _seenow("seenow-raw", "SeeNow: 100 ms tick, no deflate", deflate=False),
        _seenow("seenow-direct", "SeeNow: tick off, no deflate", tick="0", deflate=False),
        _seenow("seenow-sampled", "SeeNow: at most 30 chat lines a second each", deflate=True, lines=""),
        _seenow(
            "seenow-said", "SeeNow: lines said over the viewers' sockets", deflate=True, publisher="viewers"
        ),
        _channels("plain", "Plain Channels, core layer", CORE_LAYER),
        _channels("plain-pubsub", "Plain Channels, pub/sub layer", PUBSUB_LAYER),
        _channels(
            "plain-deflate", "Plain Channels, core layer, deflate per connection", CORE_LAYER, deflate=True
        ),
        Contender(
            name="socketio",
            title="Socket.IO 4, Redis adapter",
            command=_node("socketio.mjs"),
            wrap=lambda line: f'42["line",{compact(told(line))}]',
            path="/socket.io/?EIO=4&transport=websocket",
            flavour="socketio",
        ),
        Contender(
            name="ws",
            title="Node ws",
            command=_node("ws.mjs"),
            wrap=lambda line: compact(told(line)),
        ),
        Contender(
            name="nchan",
            title="nchan in nginx",
            command=_nginx,
            wrap=lambda line: compact(told(line)),
            path="/room",
            publisher="ws:/say",
        ),
        Contender(
            name="floor",
            title="C, epoll and write(2)",
            command=lambda place: [str(place.folder.parent / "floor"), str(place.port)],
            wrap=lambda line: compact(told(line)),
        ),
    )
}
