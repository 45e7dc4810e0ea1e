"""What the demo's viewers say, by what is shown: questions, and the host's answers."""

from livechat.domain.lang import guess_language

NAMES = (
    "Élodie", "Wei", "Hannah", "Yuki", "Omar", "Priya", "Lucas", "Aiko", "Sofía", "Noor", "Jonas", "Mei",
    "Agnès", "Tariq", "Clara", "Ren", "Ingrid", "Paolo", "Fatima", "Léa", "Kenji", "Maud", "Xiaolan", "Bea",
)  # fmt: skip
# Whose language it is; English is everybody's.
NATIVE = {
    "ar": ("Omar", "Noor", "Tariq", "Fatima"),
    "fr": ("Élodie", "Agnès", "Léa", "Maud"),
    "ja": ("Yuki", "Aiko", "Ren", "Kenji"),
    "zh": ("Wei", "Mei", "Xiaolan"),
}


def speakers(text: str) -> tuple[str, ...]:
    """The names of those who may have said this."""
    return NATIVE.get(guess_language(text).partition("-")[0], NAMES)


ARRIVING = (
    "Good evening from Lyon",
    "晚上好，第一次来",
    "Just in time, the kettle is on",
    "こんばんは、京都から",
    "مساء الخير من دبي",
    "Bonsoir à toutes",
    "Late again, what did I miss",
    "Hello from Porto",
    "Watching with my mother tonight",
)

LEAVING = (
    "Thank you, that was a lovely hour",
    "Merci, à la prochaine fois",
    "谢谢主播，讲得很清楚",
    "Learned more than in the shop",
    "See you at the next one",
    "ありがとうございました",
    "شكراً، كان العرض رائعاً",
)

# By category of the piece; an empty answer is none.
TALK: dict[str, tuple[tuple[str, str], ...]] = {
    "silk": (
        ("Is the hem rolled by hand?", "By hand, about four hours a square."),
        ("How heavy is the twill?", "Sixteen momme, it keeps a knot."),
        ("这条可以机洗吗？", "Cool water by hand, never the machine."),
        ("Could you hold it against the light once more", "With pleasure, look at the reverse too."),
        ("The blue is deeper than in the photograph", ""),
        ("Est-ce que le motif est imprimé des deux côtés ?", "Yes, the colour goes right through."),
        ("Wore mine to a wedding last June, it travels well", ""),
    ),
    "leather": (
        ("Will the edges darken with time?", "They will, and evenly. Here is one after six years."),
        ("Does a thirteen inch laptop fit?", "Just, without its sleeve."),
        ("Is the lining leather as well?", "Goat, the same all through."),
        ("肩带可以调节吗？", "Five positions, from 96 to 120 centimetres."),
        ("Who does the repairs?", "The workshop that made it. Stitching is free for life."),
        ("That buckle is beautifully quiet", ""),
        ("Could you show the inside pocket again", "Here, and it closes flat."),
    ),
    "watches": (
        ("How thin is the case?", "Nine millimetres and a half, with the glass."),
        ("自動巻きですか？", "Automatic, forty-two hours of reserve."),
        ("Is the dial lacquered by hand?", "Eleven layers, polished between each."),
        ("What is the lug width?", "Eighteen, so any strap will do."),
        ("The seconds hand is the blue I hoped for", ""),
    ),
    "tea": (
        ("What water for this one?", "Sixty degrees, ninety seconds, no more."),
        ("Which harvest is it?", "First flush, picked in the last days of April."),
        ("初心者でも点てられますか？", "Of course. Sieve it first, that is the whole secret."),
        ("How long does it keep once opened?", "Six weeks in the tin, in the cold."),
        ("You can almost smell it from here", ""),
    ),
    "home": (
        ("Is the glaze food safe?", "Yes, and the dishwasher does it no harm."),
        ("Are two ever alike?", "Never quite. The kiln decides."),
        ("Does it ring when you tap it?", "Listen."),
        ("这个釉色叫什么名字？", "Ash celadon, from the pine of our own hill."),
        ("The foot is unglazed, lovely", ""),
    ),
    "scent": (
        ("How long does it stay on skin?", "Seven hours on mine, longer on wool."),
        ("Is the vetiver from Haiti?", "From Les Cayes, one family of growers."),
        ("Closer to Vane No. 4 or to the cologne?", "To No. 4, with the citrus taken out."),
        ("Can one have a sample first?", "A vial comes with each bottle. Open that one first."),
        ("Smells like the library of my school", ""),
    ),
    "care": (
        ("Any good for very dry hands?", "It was made for a potter, so yes."),
        ("Is there perfume in it?", "None at all."),
        ("孕期可以用吗？", "Nothing in it speaks against it; ask your doctor all the same."),
        ("How many weeks does a jar last?", "Nine or ten, twice a day."),
        ("Second jar on my shelf already", ""),
    ),
    "colour": (
        ("Does it feel dry after an hour?", "Look, I put mine on before the show."),
        ("Which one for olive skin?", "The second, with the brown in it."),
        ("Refillable?", "The case is for good, the stick is changed."),
        ("هل اللون ثابت مع القهوة؟", "With coffee yes, with olive oil no."),
    ),
}
