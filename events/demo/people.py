"""Six of the demo's hosts: invented people, each believed for what they know."""

from dataclasses import dataclass, field
from datetime import date

from events.enums import EvidenceKind, TieKind

CREDENTIAL, YEARS, WORK = EvidenceKind.CREDENTIAL, EvidenceKind.YEARS, EvidenceKind.WORK
AMBASSADOR, PAID, EMPLOYEE = TieKind.AMBASSADOR, TieKind.PAID, TieKind.EMPLOYEE

Evidence = tuple[EvidenceKind, str, str, int | None]


@dataclass(frozen=True, slots=True)
class Tie:
    """A bond with a brand of the demo (its slug) or with another (its name)."""

    brand: str
    kind: TieKind
    since: date
    until: date | None = None
    exclusive: bool = False
    categories: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DemoHost:
    """A profile; `picture` names the portrait, `evidence` is (kind, statement, source, year).

    Shows given and questions answered are not written here: the platform counts them.
    """

    email: str
    slug: str
    name: str
    headline: str
    niche: str
    languages: list[str]
    picture: str
    cause: str
    disclosure: str
    story: str
    also: tuple[str, ...] = ()
    markets: list[str] = field(default_factory=list)
    time_zone: str = "Europe/Paris"
    ties: list[Tie] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)


FIRST = (
    DemoHost(
        email="host@demo.example",
        slug="camille-aubry",
        name="Camille Aubry",
        headline="Reads a silk by its twist and its selvedge",
        niche="silk-textiles",
        also=("dyeing-and-printing",),
        markets=["FR", "CN", "HK", "GB"],
        time_zone="Europe/Paris",
        ties=[
            Tie("maison-aurele", PAID, date(2024, 9, 1)),
            Tie("Soierie Vernay", EMPLOYEE, date(2009, 9, 1), date(2020, 6, 30)),
        ],
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
        ],
    ),
    DemoHost(
        email="host2@demo.example",
        slug="hana-mori",
        name="Hana Mori",
        headline="Fires tea bowls and drinks from every one",
        niche="tea-ceramics",
        also=("chinese-tea", "lacquer-and-wood"),
        markets=["JP", "CN", "US"],
        time_zone="Asia/Tokyo",
        ties=[Tie("hanami-atelier", PAID, date(2025, 4, 1))],
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
        ],
    ),
    DemoHost(
        email="host3@demo.example",
        slug="oliver-thorne",
        name="Oliver Thorne",
        headline="Has regulated movements for thirty-four years",
        niche="watchmaking",
        also=("vintage-watches",),
        markets=["GB", "DE", "JP"],
        time_zone="Europe/London",
        ties=[Tie("hanami-atelier", PAID, date(2025, 1, 15), exclusive=True, categories=["watches"])],
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
        niche="leather-craft",
        also=("leather-repair",),
        markets=["CN", "HK", "FR"],
        time_zone="Asia/Shanghai",
        ties=[
            Tie("maison-aurele", EMPLOYEE, date(2015, 2, 1), date(2022, 8, 31)),
            Tie("maison-aurele", PAID, date(2023, 3, 1)),
        ],
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
        ],
    ),
    DemoHost(
        email="host5@demo.example",
        slug="samira-el-idrissi",
        name="Samira El Idrissi",
        headline="Perfumer; distils her own orange blossom",
        niche="perfumery",
        also=("incense",),
        markets=["AE", "FR", "GB"],
        time_zone="Africa/Casablanca",
        ties=[Tie("sorrel-and-vane", PAID, date(2024, 2, 1))],
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
        niche="colour-cosmetics",
        also=("skin-care",),
        markets=["IN", "GB", "SG"],
        time_zone="Asia/Kolkata",
        ties=[Tie("sorrel-and-vane", AMBASSADOR, date(2025, 6, 1), exclusive=True, categories=["colour"])],
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
        ],
    ),
)
