"""The API's shared shapes: paging and errors."""

from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response
from rest_framework.views import exception_handler


class Page(PageNumberPagination):
    page_size_query_param = "page_size"
    max_page_size = 100


def error_response(exc: Exception, context: dict[str, object]) -> Response | None:
    return exception_handler(exc, context)
