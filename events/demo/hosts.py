"""The demo's hosts as rows: profiles, ties, what brands found out, and what was agreed."""

from datetime import datetime, timedelta

from accounts.models import User
from catalog.domain.images import render_image
from catalog.models import Brand
from events.demo.more_people import HOSTS
from events.demo.people import DemoHost
from events.demo.shows import AURELE, SORREL
from events.domain.engagements import invite
from events.domain.niches import load_niches
from events.domain.terms import Terms, usual_terms
from events.domain.vetting import POINTS, save_vetting
from events.drawing.portraits import portrait
from events.enums import EngagementState, EvidenceKind, Risk, VettingState
from events.models import Engagement, Event, Host, HostAway, HostEvidence, HostTie, Niche, Vetting

DRAFT_SLUG = "autumn-linings"
COUNTED = (EvidenceKind.SHOW, EvidenceKind.ANSWER)
# What Maison Aurèle found out: the verdict, the points with a risk and why, and the notes.
FOUND: dict[str, tuple[VettingState, dict[str, tuple[Risk, str]], str]] = {
    "camille-aubry": (VettingState.CLEARED, {}, "Visited the workshop near Lyon. Nothing to add."),
    "lin-yue": (
        VettingState.CLEARED,
        {"ties": (Risk.LOW, "Was employed here until 2022; viewers are told.")},
        "Knows our leather from inside. Remind her that repairs at home void the guarantee.",
    ),
    "samira-el-idrissi": (
        VettingState.OPEN,
        {"ties": (Risk.HIGH, "Two scents of hers are sold by a rival."), "audience": (Risk.NONE, "")},
        "Ask about her contract before the spring.",
    ),
    "shen-bo": (
        VettingState.REFUSED,
        {"ties": (Risk.HIGH, "Owns part of a kiln and forgot to say so in two shows.")},
        "Not before he says it at the start of every show.",
    ),
}


def seed_hosts() -> dict[str, Host]:
    """Bring the profiles up to date and return them by slug; a portrait is drawn once."""
    load_niches()
    return {one.slug: _seed(one) for one in HOSTS}


def _seed(one: DemoHost) -> Host:
    host, _made = Host.objects.update_or_create(
        slug=one.slug,
        defaults={
            "user": User.objects.filter(email=one.email).first(),
            "name": one.name,
            "headline": one.headline,
            "story": one.story,
            "cause": one.cause,
            "languages": one.languages,
            "markets": one.markets,
            "time_zone": one.time_zone,
            "disclosure": one.disclosure,
        },
    )
    if not host.portrait:
        host.portrait = render_image(portrait(one.picture)).renditions
        host.save(update_fields=["portrait"])
    host.niches.set(Niche.objects.filter(slug__in=[one.niche, *one.also]))
    _write_evidence(host, one)
    _tie(host, one)
    return host


def _write_evidence(host: Host, one: DemoHost) -> None:
    niche = Niche.objects.get(slug=one.niche)
    # What the platform sees itself is counted, never written down.
    host.evidence.filter(kind__in=COUNTED).delete()
    for kind, statement, source, year in one.evidence:
        HostEvidence.objects.get_or_create(
            host=host,
            niche=niche,
            statement=statement,
            defaults={"kind": kind, "source": source, "year": year},
        )


def _tie(host: Host, one: DemoHost) -> None:
    ours = {brand.slug: brand for brand in Brand.objects.filter(slug__in=[tie.brand for tie in one.ties])}
    for tie in one.ties:
        brand = ours.get(tie.brand)
        HostTie.objects.get_or_create(
            host=host,
            kind=tie.kind,
            since=tie.since,
            defaults={
                "brand": brand,
                "brand_name": "" if brand else tie.brand,
                "until": tie.until,
                "exclusive": tie.exclusive,
                "categories": tie.categories,
            },
        )


def seed_work(hosts: dict[str, Host], now: datetime) -> None:
    """What brands know of the hosts and agreed with them: checks, rivals, agreements, one open invitation."""
    house, rival = Brand.objects.filter(slug=AURELE).first(), Brand.objects.filter(slug=SORREL).first()
    if house is None or rival is None:
        return
    house.rivals.add(rival)
    rival.rivals.add(house)
    for slug in FOUND:
        _check(hosts[slug], house, now)
    _agree(now)
    _invite(hosts["camille-aubry"], now)
    first = (now + timedelta(days=60)).date()
    if not hosts["oliver-thorne"].away.filter(ends_on__gte=now.date()).exists():
        HostAway.objects.create(
            host=hosts["oliver-thorne"], starts_on=first, ends_on=first + timedelta(days=9), note="Basel"
        )


def _check(host: Host, brand: Brand, now: datetime) -> None:
    if Vetting.objects.filter(host=host, brand=brand).exists():
        return
    state, risks, notes = FOUND[host.slug]
    looked = state == VettingState.CLEARED
    findings = {point.key: (str(Risk.NONE) if looked else "", "") for point in POINTS}
    findings |= {key: (str(risk), note) for key, (risk, note) in risks.items()}
    by = User.objects.filter(email="producer@demo.example").first()
    save_vetting(
        host, brand, findings, state=state, notes=notes, version=0, by=by, now=now - timedelta(days=20)
    )


def _agree(now: datetime) -> None:
    """Hosts with an account have said yes to the shows they are on, long before."""
    asked = Event.objects.filter(engagements=None).exclude(slug=DRAFT_SLUG).select_related("brand")
    for event in asked:
        for seat in event.event_hosts.filter(host__user__isnull=False).select_related("host"):
            terms = usual_terms(event, seat.host)
            Engagement.objects.create(
                event=event,
                host=seat.host,
                share=seat.share,
                state=EngagementState.ACCEPTED,
                commission=dict(terms.commission),
                disclosure=terms.disclosure,
                invited_at=min(now, event.starts_at) - timedelta(days=30),
                answered_at=min(now, event.starts_at) - timedelta(days=29),
            )


def _invite(host: Host, now: datetime) -> None:
    """The draft's second host has not answered yet."""
    event = Event.objects.filter(slug=DRAFT_SLUG).select_related("brand").first()
    if event is None or host.user_id is None or event.engagements.exists():
        return
    terms = Terms(
        commission={"*": 1_000, "leather": 1_200},
        floor_amount=40_000,
        floor_currency=event.currency,
        disclosure=usual_terms(event, host).disclosure,
        share=4_000,
        message="Lin Yue opens the bags; would you speak about what they are lined with?",
    )
    by = User.objects.filter(email="producer@demo.example").first()
    invite(event, host, terms, by, now, confirmed=True)
