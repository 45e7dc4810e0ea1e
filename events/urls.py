from django.urls import path

from events.views import public, studio, studio_event

urlpatterns = [
    path("", public.home, name="home"),
    path("calendar/", public.calendar, name="calendar"),
    path("hosts/", public.hosts, name="hosts"),
    path("hosts/<slug:slug>/", public.host_profile, name="host-profile"),
    path("events/<slug:slug>.ics", public.event_calendar_file, name="event-ics"),
    path("events/of-product/<slug:slug>/", public.product_shows, name="product-shows"),
    path("events/of-brand/<slug:slug>/", public.brand_shows, name="brand-shows"),
    path("studio/", studio.shows, name="studio"),
    path("studio/events/new/", studio.new_event, name="studio-event-new"),
    path("studio/events/<slug:slug>/", studio_event.page, name="studio-event"),
    path("studio/events/<slug:slug>/state/", studio_event.change_state, name="studio-event-state"),
    path("studio/events/<slug:slug>/hosts/", studio_event.change_hosts, name="studio-event-hosts"),
    path("studio/events/<slug:slug>/staff/", studio_event.change_staff, name="studio-event-staff"),
    path("studio/events/<slug:slug>/lineup/", studio_event.add_to_lineup, name="studio-lineup"),
    path("studio/events/<slug:slug>/lineup/<str:item>/", studio_event.change_item, name="studio-lineup-item"),
]
