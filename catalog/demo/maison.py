"""What Maison Aurèle sells in the demo."""

from catalog.demo.goods import Choice, Good

BRAND = "maison-aurele"


def _sizes(name: str, pieces: dict[str, int]) -> list[Choice]:
    return [Choice({name: size}, on_hand) for size, on_hand in pieces.items()]


GOODS = [
    Good(
        brand=BRAND,
        slug="almanac-square",
        name="The Almanac Square",
        subtitle="Silk twill, 90 cm, rolled by hand",
        category="silk",
        price=39_000,
        edition=180,
        story=(
            "Sixteen moons turn around one sun: the month as the first almanacs printed it. Eleven"
            " screens, one"
            " after the other, two days to dry between the dark ones.\n\n"
            "The edge is rolled towards the face and sewn by hand. It takes one person an afternoon."
        ),
        facts=[
            ("Material", "Silk twill, 18 momme"),
            ("Size", "90 × 90 cm"),
            ("Colours", "Eleven screens"),
            ("Edge", "Rolled and sewn by hand"),
            ("Made in", "Lyon"),
        ],
        choices=[Choice({"Colour": "Oxblood and night"}, 14)],
        alt="A silk square over a brass rail: a sun ringed by sixteen moons on night blue, oxblood border",
        close_alt="The printed sun and the moons around it, close",
    ),
    Good(
        brand=BRAND,
        slug="herringbone-stole",
        name="Herringbone Stole",
        subtitle="Cashmere and silk, 70 × 190 cm",
        category="silk",
        price=46_000,
        story=(
            "Woven on a loom too slow for anything else. Seven parts cashmere for warmth, three parts silk so"
            " that it falls.\n\n"
            "Wear it once around the neck on the way there, and over the shoulders on the way back."
        ),
        facts=[
            ("Material", "70 % cashmere, 30 % silk"),
            ("Size", "70 × 190 cm"),
            ("Weight", "160 g"),
            ("Made in", "Hawick"),
        ],
        choices=[Choice({"Colour": "Sage"}, 22)],
        alt="A folded sage green herringbone stole with a night blue border and a fringe",
        close_alt="Night blue border and cut fringe, close",
    ),
    Good(
        brand=BRAND,
        slug="sept-tote",
        name="Sept",
        subtitle="An open tote in oxblood calf",
        category="leather",
        price=145_000,
        edition=60,
        max_per_order=1,
        story=(
            "Seven pieces of leather, no lining. What holds the shape is the cut.\n\n"
            "The handles are rolled around a cord of linen and sewn with two needles. They fit over a coat."
        ),
        facts=[
            ("Material", "Vegetable-tanned calf"),
            ("Size", "38 × 30 × 15 cm"),
            ("Handle drop", "24 cm"),
            ("Inside", "One pocket, open"),
            ("Made in", "Paris"),
        ],
        choices=[Choice({}, 8)],
        alt="A structured tote bag in oxblood leather with two rolled handles and a gold stamp",
        close_alt="Handle tab with saddle stitch and brass rivet, close",
    ),
    Good(
        brand=BRAND,
        slug="half-moon-bag",
        name="Half-Moon Bag",
        subtitle="Cognac calf, brass zip",
        category="leather",
        price=98_000,
        max_per_order=2,
        story=(
            "A half circle, because a half circle has only one seam to open. It holds a book, a phone"
            " and keys,"
            " and lies against the hip.\n\n"
            "The leather darkens where you touch it. In two years it will be yours alone."
        ),
        facts=[
            ("Material", "Calf, undyed edge"),
            ("Size", "34 × 20 × 8 cm"),
            ("Strap", "62 to 118 cm"),
            ("Fittings", "Solid brass"),
            ("Made in", "Paris"),
        ],
        choices=[Choice({}, 11)],
        alt="A half-moon shoulder bag in cognac leather with a brass zip, its strap standing in an arch",
        close_alt="The brass zip and its pull, close",
    ),
    Good(
        brand=BRAND,
        slug="nuit-long-wallet",
        name="Nuit",
        subtitle="A long wallet, night outside, sand inside",
        category="leather",
        price=42_000,
        story=(
            "Twelve cards, two notes side by side, one coin pocket that does not show.\n\n"
            "The clasp is turned from one piece of brass and closes with a sound you will come to like."
        ),
        facts=[
            ("Material", "Goat and calf"),
            ("Size", "19 × 10 × 2 cm"),
            ("Cards", "12"),
            ("Made in", "Paris"),
        ],
        choices=[Choice({}, 17)],
        alt="A long wallet in night blue leather with a brass clasp, open far enough to show sand inside",
        close_alt="The turned brass clasp, close",
    ),
    Good(
        brand=BRAND,
        slug="card-holder",
        name="Card Holder",
        subtitle="Three pockets, nothing else",
        category="leather",
        price=19_000,
        story=(
            "For those who carry four cards and one folded note. Cut from the piece that remains beside a bag"
            " panel, so no two have the same grain.\n\n"
            "A first piece by every apprentice of the house, and the one we look at longest."
        ),
        facts=[("Material", "Calf"), ("Size", "10 × 7.5 cm"), ("Cards", "4 to 6"), ("Made in", "Paris")],
        choices=[Choice({"Colour": "Cognac"}, 30)],
        alt="A cognac leather card holder with a cream card showing above its slots",
        close_alt="The saddle-stitched edge, close",
    ),
    Good(
        brand=BRAND,
        slug="standing-belt",
        name="Standing Belt",
        subtitle="Bridle leather, 28 mm, solid buckle",
        category="leather",
        price=26_000,
        story=(
            "Two layers of bridle leather, waxed and pressed until they stand by themselves.\n\n"
            "Five holes, 25 mm apart. We punch a sixth where you ask, and note it for the next one."
        ),
        facts=[
            ("Material", "Bridle leather, brass"),
            ("Width", "28 mm"),
            ("Measured", "From buckle to middle hole"),
            ("Made in", "Walsall"),
        ],
        choices=_sizes("Size", {"75 cm": 6, "80 cm": 9, "85 cm": 12, "90 cm": 8, "95 cm": 2, "100 cm": 0}),
        alt="A dark brown belt standing on its edge in a ring, with a brass buckle",
        close_alt="The solid brass buckle and loop, close",
    ),
    Good(
        brand=BRAND,
        slug="courtyard-loafer",
        name="Courtyard Loafer",
        subtitle="Chestnut calf, a bar of brass",
        category="leather",
        price=69_000,
        max_per_order=2,
        story=(
            "Made for crossing a courtyard forty times a day, and then for going out. The apron is sewn from"
            " inside, by hand, one pair in a morning.\n\n"
            "The sole is leather and may be changed four times. Bring them back before it is needed."
        ),
        facts=[
            ("Upper", "Calf, dyed by hand"),
            ("Sole", "Oak-bark leather"),
            ("Heel", "22 mm, stacked"),
            ("Made in", "Romans-sur-Isère"),
        ],
        choices=_sizes("Size", {"38": 4, "39": 6, "40": 8, "41": 7, "42": 5, "43": 2, "44": 0}),
        alt="A pair of chestnut calf loafers with almond toes and a small brass bar",
        close_alt="The apron seam and the brass bar, close",
    ),
    Good(
        brand=BRAND,
        slug="midi-sunglasses",
        name="Midi",
        subtitle="Sunglasses in tortoise acetate",
        category="eyewear",
        price=34_000,
        max_per_order=2,
        story=(
            "Named after the hour they are for. Cut from one plate of acetate that has dried for eight weeks;"
            " rivets of brass, because screws come loose.\n\n"
            "They arrive in a case cut from the same hide as Sept."
        ),
        facts=[
            ("Frame", "Acetate, 6 mm"),
            ("Lenses", "Mineral glass, green, category 3"),
            ("Size", "49 □ 22, 145"),
            ("Made in", "Oyonnax"),
        ],
        choices=[Choice({"Colour": "Tortoise"}, 16)],
        alt="Round-square sunglasses in tortoise acetate with smoke green lenses",
        close_alt="A brass rivet and the hinge behind it, close",
    ),
]
