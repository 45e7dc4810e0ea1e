"""One's own account: name, language, zone; and the language switch everybody has."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.preferences import YEAR, prefer
from accounts.domain.viewers import signed_in
from accounts.forms import LanguageForm, ProfileForm
from accounts.models import User


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Shows and changes one's own name, language and zone."""
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=cast(User, request.user).pk))
    if request.method == "POST" and form.is_valid():
        user = form.save()
        with translation.override(user.language or translation.get_language()):
            messages.success(request, gettext("Your profile is saved."))
        return _in_language(redirect("profile"), user.language)
    return render(request, "account/profile.html", {"form": form})


@require_POST
def switch_language(request: HttpRequest) -> HttpResponse:
    """Keeps the chosen language in a cookie, and on the account of a signed-in person."""
    form = LanguageForm(request.POST)
    language = form.cleaned_data["language"] if form.is_valid() else ""
    if language and (user := signed_in(request.user)):
        prefer(user, language=language)
    return _in_language(redirect(safe_next(request)), language)


def safe_next(request: HttpRequest, default: str = "/") -> str:
    """The `next` of the form when it stays on this site, else `default`."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else default


def _in_language(answer: HttpResponseRedirect, language: str) -> HttpResponseRedirect:
    if language:
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, samesite="Lax")
    return answer
