"""Who may change what through the API, and how input is read."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer

from catalog.models import Brand, Product
from catalog.rules import brands_of, keeps_shop


def kept_brand(request: Request, slug: str) -> Brand:
    """The brand, if the person fills its shelves. Others' are 404; one's own without the role 403."""
    brand = get_object_or_404(Brand, slug=slug)
    _let_in(request, brand)
    return brand


def kept_product(request: Request, slug: str) -> Product:
    """The product, if the person may change it. Others' are 404; one's own without the role 403."""
    product = get_object_or_404(Product.objects.select_related("brand"), slug=slug)
    _let_in(request, product.brand)
    return product


def _let_in(request: Request, brand: Brand) -> None:
    if keeps_shop(request.user, brand):
        return
    if brands_of(request.user).filter(pk=brand.pk).exists():
        raise PermissionDenied
    raise Http404


def valid(serializer: BaseSerializer) -> dict[str, Any]:
    """The input, checked; DRF's ValidationError otherwise."""
    serializer.is_valid(raise_exception=True)
    checked: dict[str, Any] = serializer.validated_data
    return checked
