"""Every page there is: its name, its address, and who looks at it. A new page is a new line."""

PRODUCER, HOST, VIEWER = "producer@demo.example", "host@demo.example", "viewer@demo.example"

PAGES = [
    ("home", "/", ""),
    ("calendar", "/calendar/", ""),
    ("editions", "/editions/", ""),
    ("edition", "/editions/{edition}/", ""),
    ("calendar-month", "/calendar/?view=month", ""),
    ("calendar-subscribe", "/calendar/subscribe/", VIEWER),
    ("reminders", "/account/reminders/", VIEWER),
    ("hosts", "/hosts/", ""),
    ("holiday", "/holidays/qixi/", ""),
    ("host", "{host}", ""),
    ("host-shows", "{host}shows/", ""),
    ("host-answers", "{host}answers/", ""),
    ("event-before", "{before}", ""),
    ("event-after", "{after}", ""),
    ("room", "/events/the-silk-hour/", ""),
    ("product", "{product}", ""),
    ("brand", "/brands/maison-aurele/", ""),
    ("bag", "/bag/", ""),
    ("sign-in", "/account/login/", ""),
    ("sign-up", "/account/signup/", ""),
    ("demo", "/demo/", ""),
    ("mail", "/demo/mail/", ""),
    ("missing", "/nothing-here/", ""),
    ("profile", "/account/profile/", VIEWER),
    ("my-orders", "/account/orders/", VIEWER),
    ("studio", "/studio/", PRODUCER),
    ("studio-new", "/studio/events/new/", PRODUCER),
    ("studio-new-qixi", "{qixi}", PRODUCER),
    ("studio-style", "/studio/style/", ""),
    ("studio-planner", "/studio/planner/", PRODUCER),
    ("studio-planner-month", "/studio/planner/?month=2027-02&market=CN&market=FR", PRODUCER),
    ("studio-series", "/studio/series/", PRODUCER),
    ("studio-series-new", "/studio/series/new/", PRODUCER),
    ("studio-event-draft", "/studio/events/autumn-linings/", PRODUCER),
    ("studio-event-review", "/studio/events/autumn-linings/?part=review", PRODUCER),
    ("studio-event-history", "/studio/events/autumn-linings/?part=history", PRODUCER),
    ("studio-event-look", "/studio/events/the-silk-hour/?part=look", PRODUCER),
    ("studio-event", "/studio/events/the-silk-hour/", PRODUCER),
    ("studio-days", "/studio/days/?market=CN", PRODUCER),
    ("studio-day-new", "/studio/days/new/", PRODUCER),
    ("studio-day-move", "/studio/days/qixi/CN/2030-08-05/", PRODUCER),
    ("studio-editions", "/studio/editions/", PRODUCER),
    ("studio-edition-new", "/studio/editions/new/", PRODUCER),
    ("studio-edition", "/studio/editions/{edition}/", PRODUCER),
    ("studio-run", "{marathon}?part=run", PRODUCER),
    ("run-actual", "/studio/run/the-silk-hour/", PRODUCER),
    ("marathon", "{programme}", ""),
    ("studio-orders", "/studio/orders/", PRODUCER),
    ("studio-order", "{order}", PRODUCER),
    ("studio-products", "/studio/products/", PRODUCER),
    ("studio-import", "/studio/products/import/", PRODUCER),
    ("studio-hosts", "/studio/hosts/?compare=camille-aubry&compare=lin-yue", PRODUCER),
    ("studio-host", "/studio/hosts/lin-yue/", PRODUCER),
    ("studio-brand", "/studio/brand/", PRODUCER),
    ("studio-invite", "/studio/events/autumn-linings/invite/?host=camille-aubry", PRODUCER),
    ("studio-replace-host", "/studio/events/the-silk-hour/replace/", PRODUCER),
    ("host-own-profile", "/host/profile/", HOST),
    ("host-engagement", "{engagement}", HOST),
    ("studio-results", "/studio/results/", PRODUCER),
    ("studio-result", "{result}", PRODUCER),
    ("studio-claims", "/studio/claims/", PRODUCER),
    ("control", "/studio/events/the-silk-hour/control/", PRODUCER),
    ("credibility", "{credibility}", ""),
    ("claim", "{after}claims/", ""),
    ("host-home", "/host/", HOST),
    ("console", "/host/the-silk-hour/", HOST),
    ("moderator", "/moderate/the-silk-hour/", PRODUCER),
    ("offline", "/offline/", ""),
    ("password", "/account/password/change/", VIEWER),
    ("password-forgotten", "/account/password/reset/", ""),
    ("email", "/account/email/", VIEWER),
    ("two-factor", "/account/2fa/", VIEWER),
    ("studio-product", "/studio/products/{piece}/", PRODUCER),
    ("studio-product-new", "/studio/products/new/", PRODUCER),
    ("host-ledger", "/host/the-silk-hour/ledger/", HOST),
    ("my-order", "{my_order}", VIEWER),
]

PATHS = """
from django.utils import timezone
from events.models import Credibility, Event, Host
from catalog.models import Product
from orders.models import Order
from events.models import Assortment, Engagement
from events.domain.calendar import next_holidays
now = timezone.now()
known = Credibility.objects.select_related("host", "niche").latest("confidence")
shown = Event.objects.past().exclude(holiday=None).select_related("holiday").first().holiday
long = Event.objects.filter(segments__isnull=False).first().slug
qixi = next(day for day in next_holidays(today=now.date(), only=["CN"], within_days=400) if day.key == "qixi")
invited = Engagement.objects.get(host__user__email="host@demo.example", state="invited")
out = {
    "qixi": f"/studio/events/new/?holiday=qixi.CN.{qixi.starts_on}",
    "marathon": f"/studio/events/{long}/",
    "programme": f"/events/{long}/?brand=hanami-atelier",
    "host": f"/hosts/{Host.objects.first().slug}/",
    "engagement": f"/host/engagements/{invited.public_id}/",
    "before": f"/events/{Event.objects.upcoming(now).first().slug}/",
    "after": f"/events/{Event.objects.past().first().slug}/",
    "product": f"/products/{Product.objects.on_sale().first().slug}/",
    "result": f"/studio/results/?year={shown.starts_on:%Y}&day={shown.key}.{shown.market}.{shown.starts_on}",
    "credibility": f"/hosts/{known.host.slug}/credibility/{known.niche.slug}/",
    "order": f"/studio/orders/{Order.objects.first().public_id}/",
    "my_order": f"/orders/{Order.objects.filter(user__email='viewer@demo.example').first().public_id}/",
    "piece": Product.objects.on_sale().order_by("pk").first().slug,
    "edition": Assortment.objects.filter(kind="edition").order_by("opens_at").first().slug,
}
"""
