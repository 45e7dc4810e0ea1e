from django.urls import path

from orders.views import bag, checkout, control, credibility, host, order, results, sandbox, studio, webhooks

urlpatterns = [
    path("bag/", bag.show, name="bag"),
    path("bag/add/", bag.add, name="bag-add"),
    path("bag/<str:variant>/", bag.change, name="bag-change"),
    path("checkout/", checkout.page, name="checkout"),
    path("orders/<str:public_id>/", order.show, name="order"),
    path("orders/<str:public_id>/returned/", order.back_from_provider, name="order-returned"),
    path("orders/<str:public_id>/pay/", order.pay, name="order-pay"),
    path("orders/<str:public_id>/cancel/", order.cancel, name="order-cancel"),
    path("account/orders/", order.mine, name="my-orders"),
    path("sandbox/pay/<str:reference>/", sandbox.pay, name="sandbox-pay"),
    path("webhooks/payments/<str:provider>/", webhooks.payments, name="payment-webhook"),
    path("studio/orders/", studio.orders, name="studio-orders"),
    path("studio/orders.csv", studio.export, name="studio-orders-csv"),
    path("studio/orders/of/<slug:slug>/", studio.of_event, name="studio-event-sales"),
    path("studio/orders/<str:public_id>/", studio.order, name="studio-order"),
    path("studio/orders/<str:public_id>/refund/", studio.refund, name="studio-order-refund"),
    path("studio/events/<slug:slug>/control/", control.page, name="event-control"),
    path("studio/events/<slug:slug>/control/now/", control.now, name="event-control-now"),
    path("studio/results/", results.results, name="studio-results"),
    path("studio/results.csv", results.export, name="studio-results-csv"),
    path("studio/results/of/<slug:slug>/", results.of_show, name="studio-event-results"),
    path("hosts/<slug:slug>/credibility/<slug:niche>/", credibility.show, name="host-credibility"),
    path("host/<slug:slug>/ledger/", host.ledger, name="host-ledger"),
]
