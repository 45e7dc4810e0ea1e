"""What Sorrel & Vane sells in the demo."""

from catalog.demo.goods import Choice, Good

BRAND = "sorrel-and-vane"

GOODS = [
    Good(
        brand=BRAND,
        slug="no-4-vetiver-rain",
        name="No. 4 Vetiver, Rain",
        subtitle="Eau de parfum",
        category="scent",
        price=11_800,
        story=(
            "Vetiver root, wet slate, the green side of a fig leaf. It opens cold and ends close to the"
            " skin.\n\n"
            "The stopper is turned from bog oak. The bottle can be filled again, in the shop or by post."
        ),
        facts=[
            ("Notes", "Vetiver, fig leaf, wet stone"),
            ("Strength", "18 %"),
            ("Refill", "Yes"),
            ("Made in", "London"),
        ],
        choices=[Choice({"Size": "50 ml"}, 24), Choice({"Size": "100 ml"}, 15, more=5_000)],
        alt="A square glass perfume bottle with amber scent and a round black stopper",
        close_alt="The paper label on thick glass, close",
    ),
    Good(
        brand=BRAND,
        slug="hedgerow-candle",
        name="Hedgerow",
        subtitle="A candle in a cup you keep",
        category="scent",
        price=6_400,
        story=(
            "Hawthorn, nettle, a little smoke from the neighbour. Rapeseed wax, one cotton wick.\n\n"
            "When it has burnt down, wash the cup and drink from it."
        ),
        facts=[("Wax", "Rapeseed"), ("Burns", "45 or 110 hours"), ("Cup", "Stoneware")],
        choices=[Choice({"Size": "220 g"}, 33), Choice({"Size": "600 g"}, 6, more=6_200)],
        alt="A burning candle in a pale green ceramic cup",
        close_alt="The flame and the melting wax, close",
    ),
    Good(
        brand=BRAND,
        slug="fig-leaf-bath-oil",
        name="Fig Leaf, Salt",
        subtitle="Bath oil, 100 ml",
        category="care",
        price=7_200,
        story=(
            "Two droppers for a bath. It turns the water white and leaves no ring.\n\n"
            "The amber glass keeps light away from the oil. The month is printed on the back."
        ),
        facts=[("Oils", "Apricot, borage, fig leaf"), ("Volume", "100 ml"), ("Keeps", "Twelve months")],
        choices=[Choice({}, 21)],
        alt="An amber glass bottle with a dropper and a cream label",
        close_alt="The dropper and the glass shoulder, close",
    ),
    Good(
        brand=BRAND,
        slug="quiet-room",
        name="Quiet Room",
        subtitle="Scent for a room, seven reeds",
        category="scent",
        price=8_800,
        story=(
            "Cedar, ink, dried rose. You should notice it when you come in and forget it when you sit"
            " down.\n\n"
            "Turn the reeds on Sundays."
        ),
        facts=[("Volume", "200 ml"), ("Lasts", "About three months"), ("Reeds", "Seven, rattan")],
        choices=[Choice({}, 19)],
        alt="A plum coloured glass bottle with seven reeds",
        close_alt="The neck of the bottle and its reeds, close",
    ),
    Good(
        brand=BRAND,
        slug="damson-lipstick",
        name="Damson",
        subtitle="Lipstick, satin",
        category="colour",
        price=3_800,
        story=(
            "Colour from iron and madder, in beeswax from four hives. It goes on in one stroke and wears off"
            " evenly, which is the harder part.\n\n"
            "The case is weighted and refillable."
        ),
        facts=[("Finish", "Satin"), ("Weight", "3.4 g"), ("Refill", "Yes")],
        choices=[
            Choice({"Shade": "Damson"}, 28),
            Choice({"Shade": "Brick"}, 20),
            Choice({"Shade": "Rosewood"}, 3),
        ],
        alt="A plum lipstick in a black and gold case, its cap standing beside it",
        close_alt="The cut bullet of the lipstick, close",
    ),
    Good(
        brand=BRAND,
        slug="sun-compact",
        name="Sun Compact",
        subtitle="Pressed powder in engraved brass",
        category="colour",
        price=9_500,
        edition=300,
        story=(
            "The lid is engraved on a rose engine from 1911, one line at a time. Hold it to a lamp and"
            " the rays"
            " move.\n\n"
            "The powder is changed from behind, with a coin."
        ),
        facts=[("Case", "Brass, Ø 7.2 cm"), ("Powder", "9 g, refillable"), ("Mirror", "Real glass")],
        choices=[Choice({"Tone": "Light"}, 14), Choice({"Tone": "Medium"}, 16), Choice({"Tone": "Deep"}, 12)],
        alt="A round brass powder compact with an engraved lid beside its pan of powder",
        close_alt="Engine-turned lines around the leaf, close",
    ),
    Good(
        brand=BRAND,
        slug="garden-hand-cream",
        name="After the Garden",
        subtitle="Hand cream, 75 ml",
        category="care",
        price=2_800,
        max_per_order=6,
        story=(
            "Made for Sorrel's hands in March. Shea, oat, marigold; gone in a minute, so that you can pick up"
            " the shears again.\n\n"
            "A metal tube, because it keeps the air out."
        ),
        facts=[("Volume", "75 ml"), ("Scent", "Marigold, faint"), ("Tube", "Aluminium")],
        choices=[Choice({}, 48)],
        alt="A pale green metal tube of hand cream with a black cap",
        close_alt="The crimp and the printed name, close",
    ),
]
