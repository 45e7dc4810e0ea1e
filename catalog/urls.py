from django.urls import path

from catalog import views

urlpatterns = [
    path("products/<slug:slug>/", views.product_page, name="product"),
    path("brands/<slug:slug>/", views.brand_page, name="brand"),
]
