"""What may happen to bags, orders and money. Every write of this app is one of these functions."""
