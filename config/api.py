"""The API's shared shapes: paging and errors."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

OUR_APPS = {"accounts", "catalog", "events", "livechat", "orders"}
CONFLICT = 409


class Page(PageNumberPagination):
    """`?page=2&page_size=20`; the answer is `{count, next, previous, results}`."""

    page_size_query_param = "page_size"
    max_page_size = 100


def error_body(code: str, message: str, fields: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The one shape of every refusal: what clients switch on, what people read, and which input was wrong."""
    error: dict[str, Any] = {"code": code, "message": message}
    if fields:
        error["fields"] = fields
    return {"error": error}


def error_response(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler. Unknown exceptions stay unhandled, so that they are logged and answer 500."""
    if _is_refusal(exc):
        set_rollback()
        status = getattr(exc, "status", CONFLICT)
        fields = getattr(exc, "fields", None)
        return Response(error_body(exc.code, str(exc) or _refused(), fields), status=status)  # type: ignore[attr-defined]  # checked by _is_refusal
    response = exception_handler(_as_drf(exc), context)
    if response is not None:
        response.data = _body_of(_as_drf(exc))
    return response


def _is_refusal(exc: Exception) -> bool:
    """Whether a domain function of ours said no: an exception of ours that carries a code."""
    return type(exc).__module__.split(".")[0] in OUR_APPS and isinstance(getattr(exc, "code", None), str)


def _refused() -> str:
    return _("This is not possible right now.")


def _as_drf(exc: Exception) -> Exception:
    match exc:
        case Http404():
            return exceptions.NotFound(_("There is nothing at this address."))
        case PermissionDenied():
            return exceptions.PermissionDenied(_("Your account may not do this."))
        case ValidationError():
            by_field = hasattr(exc, "error_dict")
            return exceptions.ValidationError(exc.message_dict if by_field else exc.messages)
    return exc


def _body_of(exc: Exception) -> dict[str, Any]:
    assert isinstance(exc, exceptions.APIException)  # noqa: S101 - exception_handler answers only these
    if isinstance(exc, exceptions.ValidationError):
        fields = exc.detail if isinstance(exc.detail, dict) else {"": exc.detail}
        return error_body("invalid", _("Some of what was sent is not valid."), fields)
    code = str(getattr(exc.detail, "code", exc.default_code))
    return error_body(CODES.get(code, code), str(exc.detail))


# DRF's own codes, where ours read better.
CODES = {"permission_denied": "forbidden", "parse_error": "bad_request"}
