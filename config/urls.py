"""Every address of SeeNow."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.i18n import JSONCatalog
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from config.festivals import festivals_css, own_days_css
from config.health import healthz
from config.schema import asyncapi
from config.style import style
from config.views import uploaded_picture

api_v1 = [
    path("", include("accounts.api")),
    path("", include("catalog.api")),
    path("", include("events.api")),
    path("", include("livechat.api")),
    path("", include("orders.api")),
]

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("events.urls")),
    path("", include("livechat.urls")),
    path("", include("catalog.urls")),
    path("", include("orders.urls")),
    path("account/", include("allauth.urls")),
    path("", include("accounts.urls")),
    path("api/v1/", include(api_v1)),
    path("api/schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("api/asyncapi.json", asyncapi, name="asyncapi"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(url_name="api-schema"), name="api-docs"),
    path("jsi18n/", JSONCatalog.as_view(packages=["config"]), name="jsi18n"),
    path(f"look/{settings.RELEASE}/festivals.css", festivals_css, name="festivals-css"),
    path("look/own-days.css", own_days_css, name="own-days-css"),
    path("", include("config.discovery.urls")),
    path("studio/style/", style, name="studio-style"),
    path("admin/", admin.site.urls),
]
if not settings.PRODUCTION:
    urlpatterns.append(path("media/<path:path>", uploaded_picture, name="uploaded-picture"))

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"
