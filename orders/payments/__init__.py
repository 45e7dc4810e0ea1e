"""The payment port: what the shop asks of a provider, and the providers that answer."""
