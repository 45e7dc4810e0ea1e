"""Bag, checkout and orders over HTTP. Each view is one domain call; money and stock move once per key."""

from django.urls import path

from orders.api.bag import BagPieceView, BagView
from orders.api.checkout import CheckoutView, HoldView, OfferView
from orders.api.orders import CancelView, OrderList, OrderView, PayView, RefundView
from orders.api.sales import EventSalesView

urlpatterns = [
    path("bag/", BagView.as_view(), name="api-bag"),
    path("bag/<str:variant>/", BagPieceView.as_view(), name="api-bag-piece"),
    path("checkout/", CheckoutView.as_view(), name="api-checkout"),
    path("checkout/offer/", OfferView.as_view(), name="api-checkout-offer"),
    path("checkout/hold/", HoldView.as_view(), name="api-checkout-hold"),
    path("orders/", OrderList.as_view(), name="api-orders"),
    path("orders/<str:public_id>/", OrderView.as_view(), name="api-order"),
    path("orders/<str:public_id>/pay/", PayView.as_view(), name="api-order-pay"),
    path("orders/<str:public_id>/cancel/", CancelView.as_view(), name="api-order-cancel"),
    path("orders/<str:public_id>/refund/", RefundView.as_view(), name="api-order-refund"),
    path("events/<slug:slug>/sales/", EventSalesView.as_view(), name="api-event-sales"),
]
