"""Forms about hosts: terms offered to them, what they write of themselves, a brand's check of them."""

from events.forms.hosts.base import told
from events.forms.hosts.own import AnswerForm, AwayForm, OwnProfileForm, TieForm
from events.forms.hosts.terms import InviteForm, ReplaceForm, TermsForm
from events.forms.hosts.vetting import BrandForm, VettingForm

__all__ = [
    "AnswerForm",
    "AwayForm",
    "BrandForm",
    "InviteForm",
    "OwnProfileForm",
    "ReplaceForm",
    "TermsForm",
    "TieForm",
    "VettingForm",
    "told",
]
