"""Products by CSV: checked, or brought in, with a report of every row."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.api.access import kept_brand, valid
from catalog.domain.importing import Line, Report, apply, check
from catalog.enums import RowState
from catalog.errors import BadSheet
from catalog.serializers import Strict


class SheetSerializer(Strict):
    """A sheet as a file or as text, and what to do with it."""

    brand = serializers.SlugField()
    file = serializers.FileField(required=False, help_text="CSV in UTF-8, up to 5,000 rows or 5 MB")
    text = serializers.CharField(
        required=False, trim_whitespace=False, help_text="the same as text, up to 1 MB"
    )
    apply = serializers.ChoiceField(
        ["no", "all", "right"],
        default="no",
        help_text="no: only a report; all: every row, or nothing unless all are right; right: the right rows",
    )


class ChangeSerializer(serializers.Serializer):
    """One value a row changes."""

    column = serializers.CharField()
    before = serializers.CharField(allow_blank=True)
    after = serializers.CharField(allow_blank=True)


class RowSerializer(serializers.Serializer):
    """What a row would do, or did."""

    row = serializers.IntegerField(help_text="as a spreadsheet counts, the names of the columns being row 1")
    sku = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(RowState.choices)
    changes = ChangeSerializer(many=True)
    problems = serializers.ListField(child=serializers.CharField())


class ReportSerializer(serializers.Serializer):
    """The report of a sheet."""

    applied = serializers.BooleanField(help_text="whether anything was written")
    counts = serializers.DictField(child=serializers.IntegerField(), help_text="rows by state")
    rows = RowSerializer(many=True)


class ProductSheet(APIView):
    """Bring in products and variants by SKU."""

    parser_classes = [JSONParser, MultiPartParser]

    @extend_schema(request=SheetSerializer, responses=ReportSerializer)
    def post(self, request: Request) -> Response:
        given = valid(SheetSerializer(data=request.data))
        brand = kept_brand(request, given["brand"])
        data = given["file"].read() if "file" in given else given.get("text", "").encode()
        if not data:
            raise BadSheet
        if given["apply"] == "no":
            return Response(_shown(check(brand, data)))
        return Response(_shown(apply(brand, data, whole=given["apply"] == "all", now=timezone.now())))


def _shown(report: Report) -> dict[str, Any]:
    return {"applied": report.applied, "counts": report.counts, "rows": [_row(line) for line in report.lines]}


def _row(line: Line) -> dict[str, Any]:
    return {
        "row": line.entry.number,
        "sku": line.entry.sku,
        "state": line.state.value,
        "changes": [{"column": c.column, "before": c.before, "after": c.after} for c in line.changes],
        "problems": line.problems,
    }
