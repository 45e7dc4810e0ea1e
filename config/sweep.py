"""All work that falls due by time, in one list. Any process may run it, several may at once."""

import logging
from collections.abc import Callable
from datetime import datetime

from accounts.domain import heartbeat
from accounts.domain.mail import send_due_mail
from accounts.domain.push import send_due_push
from catalog.domain.stock import expire_holds
from events.domain.announcing import announce_due
from events.domain.reminding import send_due_reminders
from events.domain.revealing import reveal_due
from events.domain.streams import end_closed
from livechat.domain.questions import tell_votes
from livechat.domain.retention import forget_origins
from livechat.domain.shelf import tell_rooms
from livechat.domain.tickets import forget_tickets
from orders.domain.sweep import sweep_orders
from orders.insights import credibility

logger = logging.getLogger(__name__)

Work = Callable[..., object]

# Name, and a function that takes `now` and finishes what is due by then. What people wait for comes first.
DUE: list[tuple[str, Work]] = [
    ("orders", sweep_orders),
    ("holds", expire_holds),
    ("shelf", tell_rooms),
    ("questions", tell_votes),
    ("streams", end_closed),
    ("reveals", reveal_due),
    ("reminders", send_due_reminders),
    ("announcements", announce_due),
    ("tickets", forget_tickets),
    ("origins", forget_origins),
    ("push", send_due_push),
    ("mail", send_due_mail),
    ("credibility", credibility.refresh),
]


def sweep(*, now: datetime) -> list[str]:
    """Finish what is due by `now`; return the names of what failed. One failing stops no other."""
    failed = []
    for name, work in DUE:
        try:
            work(now=now)
        except Exception:
            logger.exception("sweep: %s failed", name)
            failed.append(name)
    heartbeat.beat(now=now)
    return failed
