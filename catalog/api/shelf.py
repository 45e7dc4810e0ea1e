"""Variants, prices, stock, pictures and the model of a product, for those who fill its brand's shelves.

Prices and counts are set, not added to, so that sending one twice does what sending it once does.
"""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.api.access import kept_product, valid
from catalog.domain import images, models3d
from catalog.domain.pricing import set_price
from catalog.domain.products import add_variant
from catalog.domain.stock import set_on_hand
from catalog.models import Product, Variant
from catalog.queries import image_card
from catalog.serializers import (
    CountSerializer,
    ImageSerializer,
    ModelSerializer,
    NewVariantSerializer,
    PictureSerializer,
    PriceSerializer,
    ShelfSerializer,
    VariantWriteSerializer,
)


class Shelf(APIView):
    """Only for the signed-in; which brands they may touch is asked for every product."""

    permission_classes = [IsAuthenticated]

    def product(self, slug: str) -> Product:
        return kept_product(self.request, slug)

    def variant(self, product: str, variant: str) -> Variant:
        kept = self.product(product)
        return get_object_or_404(kept.variants.select_related("stock"), public_id=variant)

    def answer(self, variant: Variant, status: int = status.HTTP_200_OK) -> Response:
        fresh = Variant.objects.select_related("stock").get(pk=variant.pk)
        return Response(ShelfSerializer(fresh).data, status=status)


class VariantList(Shelf):
    """All variants of a product, with every price and count."""

    @extend_schema(responses=ShelfSerializer(many=True))
    def get(self, request: Request, product: str) -> Response:
        variants = self.product(product).variants.select_related("stock").prefetch_related("prices")
        return Response(ShelfSerializer(variants, many=True).data)

    @extend_schema(request=NewVariantSerializer, responses={201: ShelfSerializer})
    def post(self, request: Request, product: str) -> Response:
        kept = self.product(product)
        given = valid(NewVariantSerializer(data=request.data))
        made = add_variant(
            kept,
            sku=given["sku"],
            options=given.get("options", {}),
            on_hand=given["on_hand"],
            now=timezone.now(),
        )
        return self.answer(made, status.HTTP_201_CREATED)


class VariantDetail(Shelf):
    """One variant: its options, place in the list, and whether it is offered."""

    @extend_schema(request=VariantWriteSerializer, responses=ShelfSerializer)
    def patch(self, request: Request, product: str, variant: str) -> Response:
        found = self.variant(product, variant)
        changed = VariantWriteSerializer(found, data=request.data, partial=True)
        valid(changed)
        changed.save()
        return self.answer(found)


class VariantPrice(Shelf):
    """The price in one currency."""

    @extend_schema(request=PriceSerializer, responses=ShelfSerializer)
    def put(self, request: Request, product: str, variant: str) -> Response:
        found = self.variant(product, variant)
        given = valid(PriceSerializer(data=request.data))
        set_price(found, amount=given["amount"], currency=given["currency"], now=timezone.now())
        return self.answer(found)


class VariantStock(Shelf):
    """The count of pieces, held and sold ones included."""

    @extend_schema(request=CountSerializer, responses=ShelfSerializer)
    def put(self, request: Request, product: str, variant: str) -> Response:
        found = self.variant(product, variant)
        given = valid(CountSerializer(data=request.data))
        set_on_hand(found, on_hand=given["on_hand"], now=timezone.now())
        return self.answer(found)


class Pictures(Shelf):
    """Add a picture."""

    parser_classes = [MultiPartParser]

    @extend_schema(request={"multipart/form-data": PictureSerializer}, responses={201: ImageSerializer})
    def post(self, request: Request, product: str) -> Response:
        kept = self.product(product)
        given = valid(PictureSerializer(data=request.data))
        image = images.add_product_image(
            kept,
            data=given["file"].read(),
            alt=given["alt"],
            position=given.get("position", kept.images.count()),
        )
        return Response(image_card(image), status=status.HTTP_201_CREATED)


class Picture(Shelf):
    """Take a picture down."""

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, product: str, picture: str) -> Response:
        kept = self.product(product)
        images.remove_image(get_object_or_404(kept.images, public_id=picture))
        return Response(status=status.HTTP_204_NO_CONTENT)


class Model(Shelf):
    """The model in 3D: put one in the place of the one before, or take it down."""

    parser_classes = [MultiPartParser]

    @extend_schema(request={"multipart/form-data": ModelSerializer}, responses={204: None})
    def put(self, request: Request, product: str) -> Response:
        kept = self.product(product)
        given = valid(ModelSerializer(data=request.data))
        models3d.set_model(kept, data=given["file"].read())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, product: str) -> Response:
        models3d.remove_model(self.product(product))
        return Response(status=status.HTTP_204_NO_CONTENT)
