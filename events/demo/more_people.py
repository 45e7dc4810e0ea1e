"""Four more hosts of the demo, in fields its brands do not sell yet."""

from datetime import date

from events.demo.people import CREDENTIAL, EMPLOYEE, FIRST, PAID, WORK, YEARS, DemoHost, Tie

MORE = (
    DemoHost(
        email="host7@demo.example",
        slug="margarethe-voss",
        name="Margarethe Voss",
        headline="Grades pearls by daylight, one by one",
        niche="pearls",
        also=("gemstones",),
        markets=["DE", "FR", "US"],
        time_zone="Europe/Berlin",
        ties=[Tie("Juwelier Harkort", EMPLOYEE, date(1996, 1, 1), date(2024, 12, 31))],
        languages=["de", "en", "fr"],
        picture="pearls",
        cause="Naming the bay and the year on every string",
        disclosure="Retired from a jeweller's in Idar-Oberstein. Takes a fee per show and no share of sales.",
        story=(
            "Margarethe strung pearls for twenty-eight years and rejected two out of three. She rolls each "
            "across a grey cloth on camera and says what she sees: blemish, off-round, thin nacre.\n\n"
            "She shows a cheap string first, so that viewers know what the dear one costs more for."
        ),
        evidence=[
            (
                CREDENTIAL,
                "Diploma of the gemmological institute, pearls and organic gems",
                "Idar-Oberstein",
                1998,
            ),
            (YEARS, "Twenty-eight years at the grading table", "Idar-Oberstein", None),
            (WORK, "“Grey Cloth”, a photographed register of 3,000 pearls", "Own publication", 2021),
        ],
    ),
    DemoHost(
        email="host8@demo.example",
        slug="shen-bo",
        name="Shen Bo",
        headline="Throws porcelain in Jingdezhen; dates a jar by its foot",
        niche="porcelain",
        also=("tea-ceramics", "gift-customs"),
        markets=["CN", "HK", "TW", "SG"],
        time_zone="Asia/Shanghai",
        ties=[Tie("Kiln No. 9, Jingdezhen", PAID, date(2023, 5, 1))],
        languages=["zh-Hans", "en"],
        picture="porcelain",
        cause="Wages by the day, not by the piece, for the painters of Jingdezhen",
        disclosure="Owns a tenth of a kiln in Jingdezhen; its pieces are marked whenever he shows them.",
        story=(
            "Shen Bo turned his first foot ring at fourteen. He studied ceramics in Jingdezhen, restored for "
            "a museum in Shanghai, and went back to the wheel.\n\n"
            "He turns every piece over before he praises it: the foot tells what the glaze hides."
        ),
        evidence=[
            (CREDENTIAL, "Master of arts in ceramic restoration", "Jingdezhen", 2011),
            (YEARS, "Twenty-two years at the wheel, six of them in a museum's workshop", "Shanghai", None),
            (WORK, "Catalogue of foot rings, Ming to Qing, with drawings", "Museum press, Shanghai", 2018),
        ],
    ),
    DemoHost(
        email="host9@demo.example",
        slug="ailsa-drummond",
        name="Ailsa Drummond",
        headline="Spins, dyes and knits; reads a fleece with two fingers",
        niche="wool-and-knitwear",
        also=("dyeing-and-printing",),
        markets=["GB", "US", "JP"],
        time_zone="Europe/London",
        languages=["en"],
        picture="wool",
        cause="A fair price for the fleeces of the small islands",
        disclosure="Sells her own patterns. Takes no gifts from brands she shows.",
        story=(
            "Ailsa keeps forty sheep and a dye garden on Mull. She cuts a jumper open on camera to show how "
            "it was made, then knits the cut closed.\n\n"
            "She will say which wool pills, and after how many washes."
        ),
        evidence=[
            (CREDENTIAL, "Certified wool classer", "Bradford", 2006),
            (YEARS, "Nineteen years of her own flock and dye garden", "Isle of Mull", None),
            (WORK, "“Cut and Knit Closed”, forty repairs explained", "Islands press", 2020),
        ],
    ),
    DemoHost(
        email="host10@demo.example",
        slug="mei-tanaka",
        name="Mei Tanaka",
        headline="Folds, wraps and writes what a gift should say",
        niche="paper-and-writing",
        also=("wrapping", "gift-customs"),
        markets=["JP", "CN", "US"],
        time_zone="Asia/Tokyo",
        ties=[Tie("hanami-atelier", PAID, date(2026, 2, 1))],
        languages=["ja", "zh-Hans", "en"],
        picture="paper",
        cause="Keeping the last noshi makers of Ise at work",
        disclosure="Paid by Hanami Atelier per show. Makes the papers of two of their boxes.",
        story=(
            "Mei learnt folding from her grandmother and the rest from mistakes at weddings in three "
            "countries. She knows which number of chrysanthemums offends whom.\n\n"
            "In her shows a gift is wrapped while the viewer waits, and unwrapped again to show how."
        ),
        evidence=[
            (CREDENTIAL, "Licensed teacher of ceremonial folding", "Ise", 2012),
            (YEARS, "Fourteen years of a shop for paper and envelopes", "Kanazawa", None),
            (WORK, "“What the Envelope Says”, customs of giving in nine countries", "Kanazawa", 2022),
        ],
    ),
)
HOSTS = (*FIRST, *MORE)
