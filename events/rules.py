"""Who may do what with an event. Asked again on every request and every privileged frame (T09)."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from accounts.enums import Role
from accounts.models import User
from catalog.models import Brand
from catalog.rules import brands_of, has_role
from events.enums import StaffRole
from events.models import Event, EventHost, EventStaff, Host
from events.models.event import EventQuerySet

Person = User | AnonymousUser | None


def _known(user: Person) -> User | None:
    return user if isinstance(user, User) and user.is_active else None


def _works_on(user: User, event: Event, *roles: StaffRole) -> bool:
    return EventStaff.objects.filter(event=event, user=user, role__in=roles).exists()


def can_manage(user: Person, event: Event) -> bool:
    """Producers of the brand, producers of this event, and the platform admin."""
    person = _known(user)
    if person is None:
        return False
    return has_role(person, event.brand, Role.PRODUCER) or _works_on(person, event, StaffRole.PRODUCER)


def can_host(user: Person, event: Event) -> bool:
    """Whoever is assigned as host of this event right now, or may manage it."""
    person = _known(user)
    if person is None:
        return False
    return EventHost.objects.filter(event=event, host__user=person).exists() or can_manage(person, event)


def can_moderate(user: Person, event: Event) -> bool:
    """Moderators of either grade, of the brand or of this event, or whoever may manage it."""
    return _may(user, event, (Role.MODERATOR, Role.LEAD), (StaffRole.MODERATOR, StaffRole.LEAD))


def can_lead(user: Person, event: Event) -> bool:
    """Lead moderators of the brand or of this event, or whoever may manage it: bans, settings, blocklists."""
    return _may(user, event, (Role.LEAD,), (StaffRole.LEAD,))


def works_for(user: Person, event: Event) -> bool:
    """Whoever has any work at this event or at its brand; nobody moderates them."""
    person = _known(user)
    if person is None:
        return False
    hosts = EventHost.objects.filter(event=event, host__user=person).exists()
    staff = EventStaff.objects.filter(event=event, user=person)
    return hosts or has_role(person, event.brand) or staff.exists()


def can_care(user: Person, event: Event) -> bool:
    """Care agents of the brand or of this event, or whoever may manage it."""
    return _may(user, event, (Role.AGENT,), (StaffRole.AGENT,))


def _may(user: Person, event: Event, roles: tuple[Role, ...], staff_roles: tuple[StaffRole, ...]) -> bool:
    person = _known(user)
    if person is None:
        return False
    return (
        has_role(person, event.brand, *roles)
        or _works_on(person, event, *staff_roles)
        or can_manage(person, event)
    )


def can_see(user: Person, event: Event) -> bool:
    """Everybody sees what is not a draft; a draft shows to those who make it."""
    return event.state != "draft" or can_host(user, event)


def events_managed_by(user: Person) -> EventQuerySet:
    """The events `user` may manage, in any state."""
    person = _known(user)
    if person is None:
        return Event.objects.none()
    ours = Q(brand__in=brands_of(person, Role.PRODUCER))
    mine = Q(pk__in=EventStaff.objects.filter(user=person, role=StaffRole.PRODUCER).values("event"))
    return Event.objects.filter(ours | mine)


def can_vet(user: Person, brand: Brand, host: Host) -> bool:
    """Producers of the brand and the platform admin read and write its notes on a host; never the host."""
    person = _known(user)
    if person is None or host.user_id == person.pk:
        return False
    return has_role(person, brand, Role.PRODUCER)


def produces(user: Person) -> bool:
    """Whether `user` makes shows for any brand."""
    return brands_of(user, Role.PRODUCER).exists()
