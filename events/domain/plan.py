"""The door to a show's plan: whoever changes it passes here, one at a time."""

from django.db.models import F
from django.utils.translation import gettext as _

from events.enums import OVER
from events.errors import EditConflict, NotEditable
from events.models import Event


def open_plan(event: Event, version: int | None = None) -> Event:
    """Lock the event's row until the end of this transaction, count the write, and read the event afresh.

    `version` is the one the writer saw; without it nothing is compared. Raises NotEditable when the show is
    over, EditConflict when somebody saved since `version`. `event` learns its new version and state.
    """
    fresh = Event.objects.select_for_update().select_related(None).get(pk=event.pk)
    if fresh.state in OVER:
        raise NotEditable(_("The show is over. Its line-up stays as it was shown."))
    seen = fresh.version if version is None else version
    # The old version in the WHERE is the guard: of two writers of one version one is turned away.
    if not Event.objects.filter(pk=event.pk, version=seen).update(version=F("version") + 1):
        raise EditConflict(
            _("Somebody else has changed this show meanwhile. Compare what stands here, then save again.")
        )
    fresh.version = seen + 1
    event.version, event.state = fresh.version, fresh.state
    return fresh
