"""Brands and products: lists and details for everybody, making and changing for staff."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.api.access import kept_brand, kept_product, valid
from catalog.domain.products import change_state, create_product, resize_edition
from catalog.enums import ProductState
from catalog.models import Brand, Product
from catalog.queries import image_card, product_cards
from catalog.rules import SHOPKEEPERS, brands_of, keeps_shop
from catalog.serializers import (
    BrandSerializer,
    CardSerializer,
    Currency,
    NewProductSerializer,
    ProductSerializer,
    ProductWriteSerializer,
)

MOST_IDS = 100
# Each word is three more comparisons for every product; thousands of them SQLite refuses outright.
MOST_WORDS = 8
CURRENCY = OpenApiParameter("currency", OpenApiTypes.STR, description="ISO 4217; the shop's own if absent")
FILTERS = [
    OpenApiParameter("brand", OpenApiTypes.STR, description="slug"),
    OpenApiParameter("category", OpenApiTypes.STR),
    OpenApiParameter("q", OpenApiTypes.STR, description="words in name, line below it or story"),
    OpenApiParameter("ids", OpenApiTypes.STR, description="public ids, comma between"),
]


def _brands() -> QuerySet[Brand]:
    active = Q(products__state=ProductState.ACTIVE)
    return Brand.objects.annotate(on_sale=Count("products", filter=active)).order_by("name")


class BrandList(generics.ListAPIView):
    """All brands."""

    queryset = _brands()
    serializer_class = BrandSerializer
    permission_classes = [AllowAny]


class BrandDetail(generics.RetrieveAPIView):
    """One brand."""

    queryset = _brands()
    serializer_class = BrandSerializer
    permission_classes = [AllowAny]
    lookup_field = "slug"


class ProductList(generics.GenericAPIView):
    """Products on sale; POST makes a draft."""

    serializer_class = CardSerializer

    def get_queryset(self) -> QuerySet[Product]:
        return _filtered(Product.objects.on_sale(), self.request.query_params)

    @extend_schema(parameters=[*FILTERS, CURRENCY], responses=CardSerializer(many=True))
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(product_cards(page or [], currency=currency_of(request)))

    @extend_schema(request=NewProductSerializer, responses={201: ProductSerializer})
    def post(self, request: Request) -> Response:
        if not brands_of(request.user, *SHOPKEEPERS).exists():
            raise PermissionDenied
        given = valid(NewProductSerializer(data=request.data))
        brand = kept_brand(request, given.pop("brand"))
        made = create_product(brand, **given)
        return Response(full(made, currency_of(request)), status=status.HTTP_201_CREATED)


class ProductDetail(APIView):
    """One product; drafts only for those who fill the brand's shelves. PATCH changes it."""

    @extend_schema(parameters=[CURRENCY], responses=ProductSerializer)
    def get(self, request: Request, slug: str) -> Response:
        product = get_object_or_404(Product.objects.select_related("brand"), slug=slug)
        if product.state != ProductState.ACTIVE and not keeps_shop(request.user, product.brand):
            raise Http404
        return Response(full(product, currency_of(request)))

    @extend_schema(request=ProductWriteSerializer, responses=ProductSerializer)
    def patch(self, request: Request, slug: str) -> Response:
        product = kept_product(request, slug)
        given = valid(ProductWriteSerializer(product, data=request.data, partial=True))
        state = given.pop("state", None)
        if "edition_size" in given:
            resize_edition(product, size=given.pop("edition_size"))
        for name, value in given.items():
            setattr(product, name, value)
        product.save(update_fields=[*given])
        if state:
            change_state(product, to=ProductState(state))
        return Response(full(product, currency_of(request)))


def currency_of(request: Request) -> str:
    """The currency asked for; 400 when it is none."""
    asked = request.query_params.get("currency")
    return Currency().run_validation(asked) if asked else str(settings.DEFAULT_CURRENCY)


def full(product: Product, currency: str) -> dict[str, Any]:
    """A product as its own page shows it."""
    [card] = product_cards([product], currency=currency)
    return card | {
        "brand_slug": product.brand.slug,
        "category": product.category,
        "state": product.state,
        "story": product.story,
        "details": product.details,
        "images": [image_card(image) for image in product.images.all()],
    }


def _filtered(products: QuerySet[Product], asked: Any) -> QuerySet[Product]:
    if brand := asked.get("brand"):
        products = products.filter(brand__slug=brand)
    if category := asked.get("category"):
        products = products.filter(category=category)
    if ids := asked.get("ids"):
        products = products.filter(public_id__in=ids.split(",")[:MOST_IDS])
    for word in asked.get("q", "").split()[:MOST_WORDS]:
        products = products.filter(
            Q(name__icontains=word) | Q(subtitle__icontains=word) | Q(story__icontains=word)
        )
    return products
