"""Every address of SeeNow."""

from django.contrib import admin
from django.urls import include, path
from django.views.i18n import JSONCatalog

api_v1 = [
    path("", include("accounts.api")),
    path("", include("catalog.api")),
    path("", include("events.api")),
    path("", include("livechat.api")),
    path("", include("orders.api")),
]

urlpatterns = [
    path("", include("events.urls")),
    path("", include("livechat.urls")),
    path("", include("catalog.urls")),
    path("", include("orders.urls")),
    path("account/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("api/v1/", include(api_v1)),
    path("jsi18n/", JSONCatalog.as_view(packages=["config"]), name="jsi18n"),
    path("admin/", admin.site.urls),
]
