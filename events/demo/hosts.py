"""The six hosts of the demo: invented people, each believed for what they know."""

from dataclasses import dataclass, field

from accounts.models import User
from catalog.domain.images import render_image
from events.drawing.portraits import portrait
from events.enums import EvidenceKind
from events.models import Host, HostEvidence, Niche

CREDENTIAL, YEARS, WORK = EvidenceKind.CREDENTIAL, EvidenceKind.YEARS, EvidenceKind.WORK
ANSWER = EvidenceKind.ANSWER

Evidence = tuple[EvidenceKind, str, str, int | None]


@dataclass(frozen=True, slots=True)
class DemoHost:
    """A profile; `picture` names the portrait, `evidence` is (kind, statement, source, year)."""

    email: str
    slug: str
    name: str
    headline: str
    niche: tuple[str, str]
    languages: list[str]
    picture: str
    cause: str
    disclosure: str
    story: str
    evidence: list[Evidence] = field(default_factory=list)


HOSTS = (
    DemoHost(
        email="host@demo.example",
        slug="camille-aubry",
        name="Camille Aubry",
        headline="Reads a silk by its twist and its selvedge",
        niche=("silk-textiles", "Silk and textiles"),
        languages=["fr", "en", "zh-Hans"],
        picture="silk",
        cause="Keeping the last hand-printing tables of Lyon at work",
        disclosure="Paid by Maison Aurèle per show, with a share of what is sold. Owns no part of the house.",
        story=(
            "Camille learnt to print by hand at nineteen and spent eleven years in the colour kitchen of "
            "a printing works near Lyon, where a square of silk may take thirty-one screens.\n\n"
            "She shows the back of a cloth before its front, says where a dye will fade, and has talked "
            "more than one viewer out of a purchase."
        ),
        evidence=[
            (
                CREDENTIAL,
                "Diploma in textile engineering, printing and finishing",
                "Lyon textile school",
                2009,
            ),
            (YEARS, "Eleven years in the colour kitchen of a hand-printing works", "Bourgoin-Jallieu", None),
            (WORK, "“The Thirty-first Screen”, a handbook of silk printing", "Presses du Rhône", 2019),
            (ANSWER, "412 questions on care and weave answered in writing", "SeeNow shows since 2025", None),
        ],
    ),
    DemoHost(
        email="host2@demo.example",
        slug="hana-mori",
        name="Hana Mori",
        headline="Fires tea bowls and drinks from every one",
        niche=("tea-ceramics", "Tea and ceramics"),
        languages=["ja", "en"],
        picture="tea",
        cause="Replanting the red pines that feed the wood kilns of Kyoto",
        disclosure="Sells two bowls a year through Hanami Atelier; they are marked whenever she shows them.",
        story=(
            "Hana's family has kept a climbing kiln east of Kyoto for four generations. She holds a "
            "teaching licence for the way of tea and insists that a bowl be judged full, hot and in the "
            "hand.\n\n"
            "In her shows the water is always boiling: she brews, waits, pours, and lets the silence "
            "stand."
        ),
        evidence=[
            (CREDENTIAL, "Licensed to teach the way of tea", "Kyoto", 2014),
            (YEARS, "Fourth generation at a wood-fired climbing kiln", "Yamashina", None),
            (WORK, "Ash glazes on rough clay, a solo exhibition of forty bowls", "Gallery Kō, Kyoto", 2023),
            (
                ANSWER,
                "268 questions on brewing and care answered in writing",
                "SeeNow shows since 2025",
                None,
            ),
        ],
    ),
    DemoHost(
        email="host3@demo.example",
        slug="oliver-thorne",
        name="Oliver Thorne",
        headline="Has regulated movements for thirty-four years",
        niche=("watchmaking", "Watchmaking"),
        languages=["en", "de", "ja"],
        picture="watchmaking",
        cause="A bench and a stipend for two apprentices every year",
        disclosure="Services watches for Hanami Atelier. Takes a fee per show and no share of sales.",
        story=(
            "Oliver trained in Glashütte, ran a repair bench in Clerkenwell, and now opens case backs on "
            "camera. He times every watch he shows in four positions and reads out the result, good or "
            "bad.\n\n"
            "He will tell you what a service costs in five years before you ask what the watch costs "
            "today."
        ),
        evidence=[
            (CREDENTIAL, "Certified watchmaker, class of complicated movements", "Glashütte", 1992),
            (YEARS, "Thirty-four years at the bench, nineteen of them his own", "Clerkenwell, London", None),
            (WORK, "“Four Positions”, a column on regulating by hand", "Quarterly of the watch trade", 2017),
            (CREDENTIAL, "Examiner for the journeyman's certificate", "Guild of watchmakers", 2011),
        ],
    ),
    DemoHost(
        email="host4@demo.example",
        slug="lin-yue",
        name="Lin Yue",
        headline="Saddler; sews nine stitches to the inch by hand",
        niche=("leather-craft", "Leather craft"),
        languages=["zh-Hans", "en", "fr"],
        picture="leather",
        cause="Free repair days in Shanghai, four times a year",
        disclosure="Employed by Maison Aurèle until 2022. Today paid per show, with a share of what is sold.",
        story=(
            "Lin Yue came to leather through horses: a broken girth, a weekend course, and then seven "
            "years at the saddle bench. Bags came later, and the same rule holds for both: what is sewn "
            "can be opened and sewn again.\n\n"
            "Each show begins with a seam taken apart."
        ),
        evidence=[
            (CREDENTIAL, "Master saddler's certificate", "Paris", 2016),
            (YEARS, "Seven years at the saddle bench of Maison Aurèle", "Paris", None),
            (
                WORK,
                "Filmed the whole making of a bridle in real time, six hours",
                "Shanghai craft week",
                2024,
            ),
            (
                ANSWER,
                "331 questions on hides and repair answered in writing",
                "SeeNow shows since 2025",
                None,
            ),
        ],
    ),
    DemoHost(
        email="host5@demo.example",
        slug="samira-el-idrissi",
        name="Samira El Idrissi",
        headline="Perfumer; distils her own orange blossom",
        niche=("perfumery", "Perfumery"),
        languages=["ar", "fr", "en"],
        picture="perfumery",
        cause="Fair prices by the kilo for the pickers of the Dadès valley",
        disclosure="Composed two scents sold by Sorrel & Vane and says so when they are shown.",
        story=(
            "Samira grew up between the rose harvests of the Dadès and her grandmother's copper still. "
            "She studied chemistry in Rabat and perfumery in Grasse, and composes with forty raw "
            "materials where others use four hundred.\n\n"
            "You cannot smell through a screen, so she describes weight, warmth and time instead."
        ),
        evidence=[
            (CREDENTIAL, "Diploma in perfumery", "Grasse", 2012),
            (CREDENTIAL, "Degree in organic chemistry", "Rabat", 2008),
            (WORK, "Eleven published compositions, two of them in museum collections", "Own register", None),
            (YEARS, "Fourteen harvests of orange blossom distilled", "Dadès valley", None),
        ],
    ),
    DemoHost(
        email="host6@demo.example",
        slug="priya-nair",
        name="Priya Nair",
        headline="Mixes pigments; matches a tone by daylight only",
        niche=("colour-cosmetics", "Colour cosmetics"),
        languages=["en", "hi", "ml"],
        picture="colour",
        cause="Shade ranges that begin with dark skin",
        disclosure="Consults for Sorrel & Vane on shades. Paid per show, with a share of what is sold.",
        story=(
            "Priya began as a colour chemist in Kochi, testing what monsoon air does to a lipstick. She "
            "paints each shade on six forearms, in the same north light, and keeps the swatches for "
            "years.\n\n"
            "Ask her what a colour does after four hours: she has the photograph."
        ),
        evidence=[
            (CREDENTIAL, "Degree in colour chemistry", "Kochi", 2013),
            (YEARS, "Six years in a cosmetics laboratory, stability of pigments", "Kochi and London", None),
            (WORK, "“Six Forearms”, an open archive of 1,900 swatches", "Own publication", 2022),
            (ANSWER, "287 questions on tone and wear answered in writing", "SeeNow shows since 2025", None),
        ],
    ),
)


def seed_hosts() -> dict[str, Host]:
    """Bring the six profiles up to date and return them by slug; a portrait is drawn once."""
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
            "disclosure": one.disclosure,
        },
    )
    if not host.portrait:
        host.portrait = render_image(portrait(one.picture)).renditions
        host.save(update_fields=["portrait"])
    niche, _made = Niche.objects.get_or_create(slug=one.niche[0], defaults={"name": one.niche[1]})
    host.niches.add(niche)
    for kind, statement, source, year in one.evidence:
        HostEvidence.objects.get_or_create(
            host=host,
            niche=niche,
            statement=statement,
            defaults={"kind": kind, "source": source, "year": year},
        )
    return host
