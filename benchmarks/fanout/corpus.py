"""Realistic chat: many languages, short and long, the same words for every server, drawn with a seed.

A line is a whole phrase, or an opening, a piece and a question put together; a few carry emoji, and one in
forty is long. `MARK` is where the load client writes the number of the line. No line of it is anybody's.
"""

import json
import random
from collections.abc import Callable
from pathlib import Path

MARK = "~00000~"
LINES = 4_000
Line = dict[str, object]

PHRASES: dict[str, list[str]] = {
    "en": [
        "is it lined?", "hi from Leeds 👋", "what size is she wearing", "wow the colour", "price please",
        "can you show the back again", "does it run small? I am usually a M", "got mine last year, still like new",
        "shipping to Ireland?", "how heavy is it", "I need the green one", "is that real silk or satin",
        "just joined, what did I miss", "sold out already??", "show the label please", "love the buttons",
        "my sister would kill for this one", "is there a matching scarf", "how do you wash it",
        "the light is so much better tonight", "does the discount end today", "second one tonight, no regrets",
    ],
    "zh": [
        "多少钱", "有小码吗", "可以看一下背面吗", "颜色好正啊", "已经下单了", "这个料子起球吗", "身高一六五穿什么码",
        "主播今天这件真好看", "能不能再便宜一点", "刚进来,讲到哪了", "包邮吗", "什么时候发货", "去年买过,质量很好",
        "想看一下上身效果", "绿色还有吗", "怎么又没货了", "里衬是什么面料", "适合送妈妈吗", "求链接", "冲冲冲",
    ],
    "fr": [
        "bonsoir de Lyon", "c'est doublé ?", "elle taille comment ?", "trop belle cette couleur", "le prix svp",
        "on peut voir le dos ?", "je l'ai en bleu, je l'adore", "livraison en Belgique ?", "c'est de la vraie soie ?",
        "il reste du 38 ?", "ça se lave à la machine ?", "oh non déjà épuisé",
    ],
    "de": [
        "Guten Abend aus Köln", "Ist das gefüttert?", "Welche Größe trägt sie?", "Wunderschöne Farbe",
        "Wie lange dauert der Versand?", "Gibt es das auch in Grau?", "Kann man das waschen?", "Schon bestellt 🙂",
    ],
    "es": [
        "hola desde Sevilla", "¿tiene forro?", "¿qué talla lleva?", "qué color más bonito", "¿envían a Canarias?",
        "yo quiero la verde", "¿se puede ver por detrás?", "acabo de llegar, ¿qué me he perdido?",
    ],
    "ar": ["كم السعر؟", "هل يوجد مقاس صغير؟", "اللون جميل جدا", "هل هو حرير طبيعي؟", "مساء الخير من دبي", "متى يصل الطلب؟"],
    "hi": ["दाम कितना है?", "रंग बहुत सुंदर है", "क्या छोटा साइज़ है?", "पीछे से दिखाइए", "डिलीवरी कब होगी?"],
    "ja": ["いくらですか", "裏地はありますか", "色がきれい", "身長160ですがサイズは?", "今来ました", "もう売り切れ?"],
    "ko": ["얼마예요?", "뒷모습도 보여주세요", "색감 너무 예뻐요", "사이즈 문의요", "배송 얼마나 걸려요?"],
}
SHARES = {"en": 38, "zh": 30, "fr": 9, "de": 5, "es": 6, "ar": 4, "hi": 3, "ja": 3, "ko": 2}
PIECES = {
    "en": ["the coat", "the long skirt", "the pleated bag", "the cashmere scarf", "the second ring", "the boots"],
    "zh": ["这件大衣", "那条长裙", "褶皱包", "羊绒围巾", "第二枚戒指", "这双靴子"],
}
QUESTIONS = {
    "en": ["how long is {}", "could you hold {} up to the light", "would {} suit someone short", "is {} back in stock soon"],
    "zh": ["{}有多长", "{}能对着光看看吗", "小个子适合{}吗", "{}还会补货吗"],
}
LONG = {
    "en": "I ordered {} for my mother's birthday last winter and the parcel came in two days with a handwritten card,"
    " so thank you. Now I wonder whether the new lining is the same weight, because she wears it in the garden"
    " until November and the old one has been exactly right for that.",
    "zh": "去年冬天我给妈妈买过{},两天就收到了,还有一张手写的卡片,非常感谢。想问一下新款的里衬和之前的一样厚吗?"
    "她一直穿到十一月,旧的那件刚刚好,颜色也没有变,所以这次想再买一件送给姐姐。",
}
TAILS = ["", "", "", "", "", "", " 😍", " 🙏", " ❤️", " 👍👍", "!", " …", " 😂"]
NAMES = [
    "Mina", "小鱼", "Lea Martin", "阿杰", "Tom W.", "Fatima", "चित्रा", "ゆき", "수진", "Camille", "林晚", "Jonas", "Inés",
    "Nour", "Olivia B", "王小明", "Giulia", "Pär", "Zoë", "晚晚爱喝茶", "silk_and_salt", "Marguerite", "D. Okafor", "Anh",
]


def draw(count: int = LINES, *, seed: int = 20261111) -> list[Line]:
    """`count` lines as a room knows them, always the same ones for a seed."""
    dice = random.Random(seed)  # noqa: S311 - drawn anew alike, nothing is kept secret
    return [_line(dice) for _ in range(count)]


def _line(dice: random.Random) -> Line:
    language = dice.choices(list(SHARES), weights=list(SHARES.values()))[0]
    return {
        "id": _code(dice, 24),
        "name": dice.choice(NAMES) + dice.choice(["", "", str(dice.randrange(100))]),
        "badge": dice.choice(["", "", "", "", "", "", "", "", "", "moderator"]),
        "text": f"{_words(dice, language)} {MARK}",
        "author": _code(dice, 12),
        "lang": language,
        "at": 1_794_420_000_000 + dice.randrange(7_200_000),
    }


def _words(dice: random.Random, language: str) -> str:
    if language in LONG and dice.random() < 1 / 40:
        return LONG[language].format(dice.choice(PIECES[language]))
    if language in QUESTIONS and dice.random() < 1 / 3:
        return dice.choice(QUESTIONS[language]).format(dice.choice(PIECES[language])) + dice.choice(TAILS)
    return dice.choice(PHRASES[language]) + dice.choice(TAILS)


def _code(dice: random.Random, length: int) -> str:
    return "".join(dice.choices("abcdefghijkmnpqrstuvwxyz23456789", k=length))


def write(path: Path, lines: list[Line], wrap: Callable[[Line], str]) -> Path:
    """Store the lines, one text each, as one server's publisher sends them."""
    path.write_text("".join(f"{wrap(line)}\n" for line in lines), encoding="utf-8")
    return path


def compact(value: object) -> str:
    """JSON without spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def told(line: Line) -> Line:
    """What any chat must tell of a line; SeeNow's own frame tells more."""
    return {name: line[name] for name in ("id", "name", "badge", "text", "at")}
