"""How sign-up and sign-in differ from allauth's own ways: not yet."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """SeeNow's account rules."""
