from django.contrib.sitemaps import views as sitemaps
from django.urls import path

from config.discovery import views
from config.discovery.sitemaps import SECTIONS

urlpatterns = [
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("icons/<slug:name>.png", views.icon, name="icon"),
    path("offline/", views.offline, name="offline"),
    path("robots.txt", views.robots, name="robots"),
    path(
        "sitemap.xml",
        sitemaps.index,
        {"sitemaps": SECTIONS, "sitemap_url_name": "sitemap-section"},
        name="sitemap",
    ),
    path("sitemap-<section>.xml", sitemaps.sitemap, {"sitemaps": SECTIONS}, name="sitemap-section"),
    path("share/<str:language>/events/<slug:slug>/<slug:version>.jpg", views.share_event, name="share-event"),
    path(
        "share/<str:language>/products/<slug:slug>/<slug:version>.jpg",
        views.share_product,
        name="share-product",
    ),
    path("share/<str:language>/site/<slug:slug>/<slug:version>.jpg", views.share_site, name="share-site"),
]
