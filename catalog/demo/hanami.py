"""What Hanami Atelier sells in the demo."""

from catalog.demo.goods import Choice, Good

BRAND = "hanami-atelier"

GOODS = [
    Good(
        brand=BRAND,
        slug="hanami-38",
        name="Hanami 38",
        subtitle="Wound by hand, white lacquer dial",
        category="watches",
        price=285_000,
        edition=88,
        max_per_order=1,
        story=(
            "Eight coats of white lacquer, each polished with charcoal before the next. The red blossom is"
            " painted last, with one hair.\n\n"
            "Wind it in the morning, twenty turns. It runs until the evening of the second day."
        ),
        facts=[
            ("Case", "Steel, 38 mm, 8.9 mm high"),
            ("Movement", "Hand-wound, 42 hours"),
            ("Dial", "Urushi lacquer"),
            ("Strap", "Cordovan, 20 mm"),
            ("Water", "3 bar"),
        ],
        choices=[Choice({}, 9)],
        alt="A round steel watch with a white lacquer dial, blue hands and a small red blossom",
        close_alt="Dial, blue hands and small seconds, close",
    ),
    Good(
        brand=BRAND,
        slug="first-snow-bowl",
        name="First Snow",
        subtitle="A tea bowl, thrown and fired with pine",
        category="tea",
        price=24_000,
        edition=40,
        story=(
            "White glaze over iron clay, poured once and never corrected. Where it stops above the"
            " foot, it stops"
            " by itself.\n\n"
            "Made for whisked tea and two hands."
        ),
        facts=[
            ("Material", "Stoneware"),
            ("Size", "Ø 12.5 cm, 8 cm high"),
            ("Firing", "Pine, 38 hours"),
            ("Made in", "Kyoto"),
        ],
        choices=[Choice({}, 3)],
        alt="A white glazed tea bowl with iron specks, the bare clay showing at its foot",
        close_alt="The edge where the glaze stops above the foot, close",
    ),
    Good(
        brand=BRAND,
        slug="side-handle-teapot",
        name="Kyūsu",
        subtitle="A side-handled pot of black clay",
        category="tea",
        price=31_000,
        story=(
            "Thin enough to sing when tapped. The sieve is cut from the same clay, 180 holes, by hand.\n\n"
            "The lid is turned for this pot and fits no other."
        ),
        facts=[("Material", "Black clay, unglazed"), ("Volume", "280 ml"), ("Made in", "Tokoname")],
        choices=[Choice({"Hand": "Right"}, 7), Choice({"Hand": "Left"}, 2)],
        alt="A black clay teapot with a side handle and fine combed grooves",
        close_alt="Combed grooves and the turned lid, close",
    ),
    Good(
        brand=BRAND,
        slug="copper-caddy",
        name="Copper Caddy",
        subtitle="The lid closes by its own weight",
        category="tea",
        price=18_500,
        story=(
            "Set the lid on top and let go. It sinks for four seconds, pressing the air out before the"
            " tea can"
            " notice.\n\n"
            "Copper browns under the hand. After a year nobody will believe that it was pink."
        ),
        facts=[("Material", "Copper, tin lined"), ("Holds", "200 g of leaf"), ("Size", "Ø 9 cm, 12 cm high")],
        choices=[Choice({"Holds": "100 g"}, 12), Choice({"Holds": "200 g"}, 9, more=5_000)],
        alt="A polished copper tea caddy with its lid closed",
        close_alt="The seam where the lid has sunk, close",
    ),
    Good(
        brand=BRAND,
        slug="enso-ring",
        name="Ensō",
        subtitle="One stroke of gold, one pearl",
        category="jewellery",
        price=148_000,
        edition=60,
        max_per_order=1,
        story=(
            "A circle drawn in one breath does not close. The gold is hammered from thick to thin in one"
            " heat, so that no two end alike.\n\n"
            "The pearl is from Ise, a little grey, and sits where the brush would have left the paper."
        ),
        facts=[
            ("Material", "18 carat gold"),
            ("Pearl", "Akoya, 5.5 mm"),
            ("Weight", "4.2 g"),
            ("Made in", "Kyoto"),
        ],
        choices=[
            Choice({"Size": size}, on_hand) for size, on_hand in (("50", 4), ("52", 6), ("54", 5), ("56", 1))
        ],
        alt="An open gold ring, thick to thin like a brush stroke, with one pale grey pearl at its end",
        close_alt="The pearl and the end of the gold beside it, close",
    ),
    Good(
        brand=BRAND,
        slug="moon-jar",
        name="Moon Jar",
        subtitle="Two bowls joined at the waist",
        category="home",
        price=64_000,
        edition=25,
        max_per_order=1,
        story=(
            "No wheel can throw a full moon in one piece. Two bowls are joined while wet; the seam"
            " moves in the"
            " fire, and that is where each jar gets its own shape.\n\n"
            "One branch is enough."
        ),
        facts=[("Material", "White porcelain"), ("Size", "Ø 28 cm, 27 cm high"), ("Made in", "Kyoto")],
        choices=[Choice({}, 5)],
        alt="A round white porcelain jar holding a single branch of plum blossom",
        close_alt="Plum blossoms on the branch, close",
    ),
    Good(
        brand=BRAND,
        slug="two-cups",
        name="Two Cups",
        subtitle="One indigo, one white, sold together",
        category="tea",
        price=12_000,
        story=(
            "You do not fill your own cup. So they come in two.\n\n"
            "The indigo one is dipped, the white one poured. They hold the same."
        ),
        facts=[
            ("Material", "Porcelain"),
            ("Volume", "90 ml each"),
            ("Dishwasher", "Yes, though they would rather not"),
        ],
        choices=[Choice({}, 18)],
        alt="Two small footed cups of green tea, one indigo and one white, on a round dark tray",
        close_alt="The thin rim above the tea, close",
    ),
    Good(
        brand=BRAND,
        slug="mended-plate",
        name="Mended Plate",
        subtitle="Celadon, broken once, joined with gold",
        category="home",
        price=89_000,
        edition=12,
        max_per_order=1,
        story=(
            "Twelve plates cracked in the spring firing. We did not throw them away.\n\n"
            "Lacquer and gold hold them now. Each seam took a month, most of it waiting."
        ),
        facts=[("Material", "Celadon, lacquer, gold"), ("Size", "Ø 26 cm"), ("Use", "Dry things, or none")],
        choices=[Choice({}, 0)],
        alt="A round celadon plate on a dark stand, its cracks mended in gold",
        close_alt="A seam of gold across the celadon, close",
    ),
]
