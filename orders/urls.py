from django.urls import URLPattern, path
from django.http import HttpResponse
urlpatterns: list[URLPattern] = [path("orders/<str:public_id>/", lambda r, public_id: HttpResponse(), name="order")]
