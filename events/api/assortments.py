"""Editions and seasons over HTTP: public to read, for those who fill the brand's shelves to write."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.exceptions import NotAuthenticated
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.api.access import kept_brand
from catalog.rules import SHOPKEEPERS, brands_of, keeps_shop
from catalog.serializers import PictureSerializer
from events.api.assortment_shapes import (
    EditionCardSerializer,
    EditionPatchSerializer,
    EditionQuerySerializer,
    EditionSerializer,
    NewEditionSerializer,
    PieceAddSerializer,
    PieceEditSerializer,
    PieceOrderSerializer,
    card_body,
    piece_body,
)
from events.api.shapes import valid, with_holiday
from events.domain import assortments, pieces, whats_left
from events.models import Assortment, AssortmentPiece

MOST_SHOWS = 50
FILTERS = {"kind": "kind", "brand": "brand__slug", "holiday": "holiday__key", "market": "holiday__market"}


class EditionList(generics.GenericAPIView):
    """Published editions and seasons, and your own drafts; the ones that close last come first."""

    serializer_class = EditionCardSerializer

    def get_queryset(self) -> QuerySet[Assortment]:
        mine = Q(brand__in=brands_of(self.request.user, *SHOPKEEPERS))
        rows = Assortment.objects.filter(Q(published_at__lte=timezone.now()) | mine)
        asked = valid(EditionQuerySerializer(data=self.request.query_params))
        wanted = {FILTERS[name]: value for name, value in asked.items()}
        return rows.filter(**wanted).order_by("-closes_at", "pk")

    @extend_schema(parameters=[EditionQuerySerializer], responses=EditionCardSerializer(many=True))
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(self.get_queryset()) or []
        shown = Assortment.objects.filter(pk__in=[row.pk for row in page]).order_by("-closes_at", "pk")
        cards = whats_left.edition_cards(shown, now=timezone.now())
        return self.get_paginated_response([card_body(card) for card in cards])

    @extend_schema(request=NewEditionSerializer, responses={201: EditionSerializer})
    def post(self, request: Request) -> Response:
        if not brands_of(request.user, *SHOPKEEPERS).exists():
            raise PermissionDenied
        given = valid(NewEditionSerializer(data=request.data))
        brand = kept_brand(request, given.pop("brand"))
        made = assortments.create_assortment(brand, **with_holiday(given, brand))
        return Response(shown(made), status=status.HTTP_201_CREATED)


class EditionDetail(APIView):
    """One edition or season; drafts only for those who fill the brand's shelves. PATCH changes it."""

    @extend_schema(responses=EditionSerializer)
    def get(self, request: Request, slug: str) -> Response:
        row = get_object_or_404(Assortment.objects.select_related("brand"), slug=slug)
        public = row.published_at is not None and row.published_at <= timezone.now()
        if not public and not keeps_shop(request.user, row.brand):
            raise Http404
        return Response(shown(row))

    @extend_schema(request=EditionPatchSerializer(partial=True), responses=EditionSerializer)
    def patch(self, request: Request, slug: str) -> Response:
        row = kept(request, slug)
        given = with_holiday(valid(EditionPatchSerializer(data=request.data, partial=True)), row.brand)
        version = given.pop("version", row.version)
        assortments.edit_assortment(row, version=version, now=timezone.now(), **given)
        return Response(shown(row))


class EditionPublished(APIView):
    """POST shows it to everybody, DELETE takes the page away again."""

    @extend_schema(request=None, responses=EditionSerializer)
    def post(self, request: Request, slug: str) -> Response:
        return Response(shown(assortments.publish(kept(request, slug), now=timezone.now())))

    @extend_schema(responses=EditionSerializer)
    def delete(self, request: Request, slug: str) -> Response:
        return Response(shown(assortments.withdraw(kept(request, slug))))


class EditionPicture(APIView):
    """POST puts a picture on the page, DELETE takes it away."""

    parser_classes = [MultiPartParser]

    @extend_schema(request={"multipart/form-data": PictureSerializer}, responses=EditionSerializer)
    def post(self, request: Request, slug: str) -> Response:
        row = kept(request, slug)
        given = valid(PictureSerializer(data=request.data))
        return Response(shown(assortments.set_picture(row, data=given["file"].read(), alt=given["alt"])))

    @extend_schema(responses=EditionSerializer)
    def delete(self, request: Request, slug: str) -> Response:
        return Response(shown(assortments.remove_picture(kept(request, slug))))


class EditionPieces(APIView):
    """POST puts a product in at the end; PUT puts all pieces in order."""

    @extend_schema(request=PieceAddSerializer, responses={201: EditionSerializer})
    def post(self, request: Request, slug: str) -> Response:
        row = kept(request, slug)
        given = valid(PieceAddSerializer(data=request.data))
        pieces.add_piece(row, now=timezone.now(), **given)
        return Response(shown(row), status=status.HTTP_201_CREATED)

    @extend_schema(request=PieceOrderSerializer, responses=EditionSerializer)
    def put(self, request: Request, slug: str) -> Response:
        row = kept(request, slug)
        pieces.reorder(row, valid(PieceOrderSerializer(data=request.data))["products"])
        return Response(shown(row))


class EditionPiece(APIView):
    """PATCH changes what a piece is compared with and how many are numbered; DELETE takes it out."""

    @extend_schema(request=PieceEditSerializer, responses=EditionSerializer)
    def patch(self, request: Request, slug: str, product: str) -> Response:
        row, piece = self._piece(request, slug, product)
        given = valid(PieceEditSerializer(data=request.data))
        pieces.edit_piece(
            piece,
            based_on=given.get("based_on", piece.based_on),
            size=given.get("size", piece.product.edition_size),
        )
        return Response(shown(row))

    @extend_schema(responses={204: None})
    def delete(self, request: Request, slug: str, product: str) -> Response:
        _row, piece = self._piece(request, slug, product)
        pieces.remove_piece(piece, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _piece(self, request: Request, slug: str, product: str) -> tuple[Assortment, AssortmentPiece]:
        row = kept(request, slug)
        rows = row.pieces.select_related("product", "based_on", "assortment")
        return row, get_object_or_404(rows, product__slug=product)


def kept(request: Request, slug: str) -> Assortment:
    """The assortment, if the caller may change it. Other brands' are 404; one's own without the role 403."""
    if not request.user.is_authenticated:
        raise NotAuthenticated
    row = get_object_or_404(Assortment.objects.select_related("brand", "holiday"), slug=slug)
    if keeps_shop(request.user, row.brand):
        return row
    if brands_of(request.user).filter(pk=row.brand_id).exists():
        raise PermissionDenied
    raise Http404


def shown(row: Assortment) -> dict[str, Any]:
    """The assortment as it is in the database now."""
    now = timezone.now()
    [card] = whats_left.edition_cards(Assortment.objects.filter(pk=row.pk), now=now)
    items = whats_left.piece_cards(card.assortment, currency=settings.DEFAULT_CURRENCY)
    shows = whats_left.shows_of(row, now=now).order_by("-starts_at")[:MOST_SHOWS]
    return card_body(card) | {
        "story": card.assortment.story,
        "packaging": card.assortment.packaging,
        "items": [piece_body(item) for item in items],
        "shows": [show.slug for show in shows],
    }
