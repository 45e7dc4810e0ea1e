"""The catalogue's part of the API."""

from django.urls import path

from catalog.api.importing import ProductSheet
from catalog.api.reading import BrandDetail, BrandList, ProductDetail, ProductList
from catalog.api.shelf import Model, Picture, Pictures, VariantDetail, VariantList, VariantPrice, VariantStock

_VARIANT = "products/<slug:product>/variants/<str:variant>/"

urlpatterns = [
    path("brands/", BrandList.as_view(), name="api-brands"),
    path("brands/<slug:slug>/", BrandDetail.as_view(), name="api-brand"),
    path("products/", ProductList.as_view(), name="api-products"),
    path("products/import/", ProductSheet.as_view(), name="api-products-import"),
    path("products/<slug:slug>/", ProductDetail.as_view(), name="api-product"),
    path("products/<slug:product>/variants/", VariantList.as_view(), name="api-variants"),
    path(_VARIANT, VariantDetail.as_view(), name="api-variant"),
    path(f"{_VARIANT}price/", VariantPrice.as_view(), name="api-variant-price"),
    path(f"{_VARIANT}stock/", VariantStock.as_view(), name="api-variant-stock"),
    path("products/<slug:product>/model/", Model.as_view(), name="api-model"),
    path("products/<slug:product>/images/", Pictures.as_view(), name="api-images"),
    path("products/<slug:product>/images/<str:picture>/", Picture.as_view(), name="api-image"),
]
