"""The demonstration's own pages: one-click sign-in and the mails it would send. 404 anywhere else."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.domain.demo import BY_ROLE, PASSWORD, demo_enabled
from accounts.domain.viewers import signed_in
from accounts.models import Mail, User
from accounts.views.profile import safe_next

MAILS_SHOWN = 100
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# A mail carries its own style; nothing else of it may act, and it acts outside our origin.
MAIL_POLICY = (
    "sandbox allow-top-navigation-by-user-activation; default-src 'none'; style-src 'unsafe-inline'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
View = Callable[..., HttpResponseBase]


def demo_only(view: View) -> View:
    """The view exists only while the demo is switched on."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: object) -> HttpResponseBase:
        if not demo_enabled():
            raise Http404
        return view(request, **kwargs)

    return guarded


@demo_only
@require_safe
def demo(request: HttpRequest) -> HttpResponse:
    """The people of the demo, each with one button."""
    return render(request, "accounts/demo.html", {"people": BY_ROLE.values(), "password": PASSWORD})


@demo_only
@require_POST
def demo_enter(request: HttpRequest, role: str) -> HttpResponse:
    """Sign in as one of the fixed list, never as anybody else."""
    account = BY_ROLE.get(role)
    if account is None:
        raise Http404
    user = get_object_or_404(User, email=account.email, is_active=True)
    if (present := signed_in(request.user)) and present != user:
        logout(request)
    login(request, user, backend=BACKEND)
    return redirect(safe_next(request, default=account.lands))


@demo_only
@require_safe
def demo_mail(request: HttpRequest) -> HttpResponse:
    """The latest mails, newest first."""
    return render(request, "accounts/demo_mail.html", {"mails": Mail.objects.all()[:MAILS_SHOWN]})


@demo_only
@require_safe
def demo_mail_one(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail as text, with a way to its HTML form."""
    return render(request, "accounts/demo_mail_one.html", {"mail": get_object_or_404(Mail, pk=pk)})


@demo_only
@require_safe
def demo_mail_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML form exactly as it would be sent, in a sandbox of its own."""
    answer = HttpResponse(get_object_or_404(Mail.objects.exclude(html=""), pk=pk).html)
    answer["Content-Security-Policy"] = MAIL_POLICY
    return answer
