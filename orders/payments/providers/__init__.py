"""The providers. `sandbox` is the one to copy: see docs/payment-providers.md."""
