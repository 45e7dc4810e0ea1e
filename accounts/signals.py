"""What accounts tells the apps above it. Every signal is sent with `now`, a UTC instant."""

from django.dispatch import Signal

# A guest signed in or signed up: `guest_key` (str, a viewer key), `user`, `now`.
guest_signed_in = Signal()

# The person's sessions lost their rights (signed out, new password, closed account): `user`, `now`.
access_revoked = Signal()

# Asked with `user` (or None): receivers return the names that belong to others and nobody else may carry.
names_claimed = Signal()
