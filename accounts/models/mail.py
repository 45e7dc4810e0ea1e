"""The outbox: a mail is a row in the commit that caused it, and is handed over later by any process."""

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Waits double from a minute: the twelfth try comes about a day and a half after the first.
MAX_ATTEMPTS = 12


class MailQuerySet(models.QuerySet["Mail"]):
    def due(self, now: datetime) -> "MailQuerySet":
        """Rows nobody has sent, whose time has come and whose tries are not used up."""
        return self.filter(sent_at__isnull=True, next_try_at__lte=now, attempts__lt=MAX_ATTEMPTS)


class Mail(models.Model):
    """One message to one address. `key` makes a cause send once: a second row with it is refused."""

    key = models.CharField(max_length=120, unique=True, null=True, blank=True)
    to = models.EmailField()
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(_("further headers, e.g. List-Unsubscribe"), default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=250, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes = [models.Index(fields=["next_try_at"], condition=models.Q(sent_at=None), name="mail_due")]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"
