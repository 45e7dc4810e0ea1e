"""What the API says about hosts and their work, and what it takes."""

from dataclasses import fields
from typing import Any

from rest_framework import serializers

from events.domain.profiles import sure_words
from events.domain.terms import OTHERS, Terms
from events.enums import RefundRule
from events.models import Credibility, Engagement, Host, HostEvidence, HostTie
from events.queries_hosts import niche_name

TERMS = {field.name for field in fields(Terms)}


class EvidenceSerializer(serializers.ModelSerializer):
    niche = serializers.CharField(source="niche.slug")

    class Meta:
        model = HostEvidence
        fields = ["niche", "kind", "statement", "source", "url", "year"]


class CredibilitySerializer(serializers.ModelSerializer):
    """A score with what is behind it, both in basis points; `known` says the confidence in words."""

    niche = serializers.CharField(source="niche.slug")
    known = serializers.SerializerMethodField()

    class Meta:
        model = Credibility
        fields = ["niche", "score", "confidence", "known", "formula", "computed_at"]

    def get_known(self, row: Credibility) -> str:
        return sure_words(row.confidence)


class TieSerializer(serializers.ModelSerializer):
    """A bond with a brand: of the shop (its slug) or outside (its name)."""

    brand = serializers.SerializerMethodField()

    class Meta:
        model = HostTie
        fields = ["brand", "kind", "categories", "exclusive", "since", "until"]

    def get_brand(self, tie: HostTie) -> str:
        return tie.brand.slug if tie.brand else tie.brand_name


class HostSerializer(serializers.ModelSerializer):
    """A host's public profile."""

    id = serializers.CharField(source="public_id")
    niches = serializers.SerializerMethodField()
    evidence = EvidenceSerializer(many=True)
    credibility = CredibilitySerializer(many=True)
    ties = TieSerializer(many=True)

    class Meta:
        model = Host
        fields = [
            "id", "slug", "name", "headline", "story", "cause", "languages", "markets", "disclosure",
            "portrait", "niches", "evidence", "credibility", "ties",
        ]  # fmt: skip

    def get_niches(self, host: Host) -> list[dict[str, str]]:
        return [{"slug": niche.slug, "name": niche_name(niche)} for niche in host.niches.all()]


class HostQuerySerializer(serializers.Serializer):
    """What a list of hosts may be narrowed by. `free_from` and `free_to` are for producers: hosts without
    another show (travel included) or days away between these instants."""

    q = serializers.CharField(required=False, max_length=80, help_text="Words of name, headline or cause")
    niche = serializers.SlugField(required=False, help_text="A group finds the niches under it")
    language = serializers.CharField(required=False, max_length=20, help_text="BCP 47 tag; zh finds zh-Hans")
    market = serializers.CharField(required=False, max_length=2, help_text="ISO 3166 code, e.g. CN")
    free_from = serializers.DateTimeField(required=False)
    free_to = serializers.DateTimeField(required=False)


class TermsSerializer(serializers.Serializer):
    """An offer. `commission` maps product categories to basis points of the net amount, `*` is all others;
    `floor_amount` is guaranteed, in minor units; `share` is the part of the credit in basis points (default:
    a fair part beside the other hosts)."""

    commission = serializers.DictField(
        child=serializers.IntegerField(min_value=0, max_value=10_000), required=False
    )
    floor_amount = serializers.IntegerField(min_value=0, max_value=2**53 - 1, required=False)
    floor_currency = serializers.CharField(max_length=3, required=False, allow_blank=True)
    refund_rule = serializers.ChoiceField(choices=RefundRule.choices, required=False)
    disclosure = serializers.CharField(max_length=300, required=False, allow_blank=True)
    share = serializers.IntegerField(min_value=1, max_value=10_000, required=False)
    message = serializers.CharField(max_length=2000, required=False, allow_blank=True)


def terms_of(data: dict[str, Any]) -> Terms:
    """The offer in checked data of a TermsSerializer."""
    kept = {name: value for name, value in data.items() if name in TERMS}
    kept["commission"] = {OTHERS: 0, **kept.get("commission", {})}
    if "refund_rule" in kept:
        kept["refund_rule"] = RefundRule(kept["refund_rule"])
    return Terms(**kept)


class InviteSerializer(TermsSerializer):
    """`confirmed` goes through although something speaks against it (409 `needs_confirmation` says what)."""

    host = serializers.SlugRelatedField(slug_field="slug", queryset=Host.objects.all())
    confirmed = serializers.BooleanField(default=False)


class ReplaceSerializer(InviteSerializer):
    """`host` takes the place of `old`; `in_house` without an invitation, as one of the brand's own."""

    old = serializers.SlugRelatedField(slug_field="slug", queryset=Host.objects.all())
    in_house = serializers.BooleanField(default=False)


class EngagementSerializer(serializers.ModelSerializer):
    """A host's work for one show; for the host and the producers of the show only."""

    id = serializers.CharField(source="public_id")
    event = serializers.CharField(source="event.slug")
    host = serializers.CharField(source="host.slug")

    class Meta:
        model = Engagement
        fields = [
            "id", "event", "host", "state", "share", "commission", "floor_amount", "floor_currency",
            "refund_rule", "disclosure", "message", "answer", "invited_at", "answered_at", "ended_at",
        ]  # fmt: skip


class EngagementAnswerSerializer(serializers.Serializer):
    accept = serializers.BooleanField()
    words = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
