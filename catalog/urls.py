from django.urls import path

from catalog.views import importing, pages, shelf, studio

urlpatterns = [
    path("products/<slug:slug>/", pages.product_page, name="product"),
    path("products/<slug:slug>/closer/", pages.closer, name="product-closer"),
    path("brands/<slug:slug>/", pages.brand_page, name="brand"),
    path("studio/products/", studio.products, name="studio-products"),
    path("studio/products/new/", studio.new_product, name="studio-product-new"),
    path("studio/products/import/", importing.import_products, name="studio-products-import"),
    path("studio/products/template/", importing.template, name="studio-products-template"),
    path("studio/products/export/<slug:brand>/", importing.export, name="studio-products-export"),
    path("studio/products/<slug:product>/", studio.product, name="studio-product"),
    path("studio/products/<slug:product>/variants/", shelf.variants, name="studio-product-variants"),
    path(
        "studio/products/<slug:product>/variants/<str:variant>/",
        shelf.variant,
        name="studio-product-variant",
    ),
    path("studio/products/<slug:product>/model/", shelf.model, name="studio-product-model"),
    path("studio/products/<slug:product>/pictures/", shelf.pictures, name="studio-product-pictures"),
    path(
        "studio/products/<slug:product>/pictures/<str:picture>/",
        shelf.picture,
        name="studio-product-picture",
    ),
]
