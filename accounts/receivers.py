"""What Django and allauth tell us, told on in our own words."""

from allauth.account.signals import password_changed, password_reset, password_set
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from accounts.domain import push
from accounts.domain.viewers import GUEST, GUEST_NAME, guest_key
from accounts.models import User
from accounts.signals import access_revoked, guest_signed_in


@receiver(user_logged_in)
def take_the_guest_along(sender: object, request: HttpRequest | None, user: User, **kwargs: object) -> None:
    """The guest of this session becomes `user`: its id is spent, its name kept when the account has none."""
    if request is None or GUEST not in request.session:
        return
    guest = request.session.pop(GUEST)
    name = request.session.pop(GUEST_NAME, "")
    if name and not user.display_name:
        User.objects.filter(pk=user.pk, display_name="").update(display_name=name)
        user.display_name = name
    push.take_along(guest=guest_key(guest), user=user)
    guest_signed_in.send(sender=User, guest_key=guest_key(guest), user=user, now=timezone.now())


@receiver([user_logged_out, password_changed, password_reset, password_set])
def revoke_access(sender: object, user: User | None, **kwargs: object) -> None:
    """Open sockets of `user` must close: their right to be there may be gone."""
    if user is not None:
        access_revoked.send(sender=User, user=user, now=timezone.now())
