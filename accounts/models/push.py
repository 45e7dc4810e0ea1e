"""Web push: the browsers people let us write to, and the messages on their way there."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.mail import MAX_ATTEMPTS


class PushSubscription(models.Model):
    """One browser of one viewer (RFC 8030). `gone_at` is set when its push service says it is no more."""

    viewer_key = models.CharField(max_length=80)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    endpoint = models.URLField(max_length=600, unique=True)
    p256dh = models.CharField(max_length=120)
    auth = models.CharField(max_length=60)
    language = models.CharField(max_length=10, blank=True)
    created_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("push subscription")
        verbose_name_plural = _("push subscriptions")
        indexes = [models.Index(fields=["viewer_key"], name="push_of_viewer")]

    def __str__(self) -> str:
        return f"{self.viewer_key} {self.created_at:%Y-%m-%d}"


class PushQuerySet(models.QuerySet["PushMessage"]):
    def due(self, now: datetime) -> "PushQuerySet":
        """Rows nobody has sent, whose time has come and whose tries are not used up."""
        return self.filter(sent_at__isnull=True, next_try_at__lte=now, attempts__lt=MAX_ATTEMPTS)


class PushMessage(models.Model):
    """One message to one browser: an outbox row as `Mail` is. `key` makes a cause send once."""

    key = models.CharField(max_length=160, unique=True, null=True, blank=True)
    subscription = models.ForeignKey(PushSubscription, on_delete=models.CASCADE, related_name="messages")
    payload = models.JSONField(_("title, body, url, tag"))
    expires_at = models.DateTimeField(_("worth nothing afterwards"))
    created_at = models.DateTimeField(default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=250, blank=True)

    objects = PushQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("push message")
        verbose_name_plural = _("push messages")
        indexes = [models.Index(fields=["next_try_at"], condition=models.Q(sent_at=None), name="push_due")]

    def __str__(self) -> str:
        return f"{self.subscription_id}: {self.payload.get('title', '')}"
