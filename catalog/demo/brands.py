"""The three brands of the demo. Invented, all of them."""

from typing import Any

BRANDS: list[dict[str, Any]] = [
    {
        "slug": "maison-aurele",
        "name": "Maison Aurèle",
        "tagline": "Leather and silk, cut in Paris since 1926.",
        "country": "FR",
        "ink": "#6B2023",
        "legal_name": "Maison Aurèle SAS, 14 rue de la Lune, 75002 Paris",
        "care_email": "care@maison-aurele.example",
        "story": (
            "Aurèle Vasseur began with a bench, two awls and an almanac on the wall. He cut one bag a"
            " week and"
            " wrote the date inside each.\n\n"
            "The house still works that way. Nine people cut, fold and stitch in the same courtyard; the date"
            " is still written inside. What we show in an evening is what the bench made that season, and no"
            " more than that."
        ),
    },
    {
        "slug": "hanami-atelier",
        "name": "Hanami Atelier",
        "tagline": "Tea, porcelain and time, from Kyoto.",
        "country": "JP",
        "ink": "#26375C",
        "legal_name": "Hanami Atelier K.K., 3-11 Gojozaka, Higashiyama-ku, Kyoto",
        "care_email": "care@hanami-atelier.example",
        "story": (
            "A kiln, a coppersmith and a watchmaker share one roof on the Gojo slope. They share the"
            " tea, too.\n\n"
            "Everything is made for one use and made to last past it: a bowl for the first cup of the day, a"
            " caddy whose lid closes by its own weight, a watch that is wound by hand each morning."
        ),
    },
    {
        "slug": "sorrel-and-vane",
        "name": "Sorrel & Vane",
        "tagline": "Scent and colour from a London garden.",
        "country": "GB",
        "ink": "#5E6B45",
        "legal_name": "Sorrel & Vane Ltd, 7 Columbia Yard, London E2 7RG",
        "care_email": "care@sorrel-and-vane.example",
        "story": (
            "Two sisters, one walled garden, one still. Sorrel grows the plants; Vane writes the formulas and"
            " reads every complaint.\n\n"
            "We make small batches and print the month on each. When a batch is gone, the next one smells a"
            " little different, because the garden did."
        ),
    },
]
