"""The language of a line, guessed only when it is plain to see: from its script, else from its little words.

A screen reader's voice and the shapes of Han letters hang on it, so no guess is better than a wrong one. A
statistical library guesses more often, and on lines of a few words is wrong more often, too; tests/livechat/
test_lang.py has the figures of this one.
"""

import re
import unicodedata
from collections import Counter

# Letters of these scripts are written in one language in nearly every room.
SCRIPTS = (
    ("\u3040", "\u30ff", "ja"),
    ("\u3400", "\u4dbf", "zh"),
    ("\u4e00", "\u9fff", "zh"),
    ("\uac00", "\ud7af", "ko"),
    ("\u1100", "\u11ff", "ko"),
    ("\u0e00", "\u0e7f", "th"),
    ("\u0e80", "\u0eff", "lo"),
    ("\u1780", "\u17ff", "km"),
    ("\u1000", "\u109f", "my"),
    ("\u0600", "\u06ff", "ar"),
    ("\u0590", "\u05ff", "he"),
    ("\u0900", "\u097f", "hi"),
    ("\u0980", "\u09ff", "bn"),
    ("\u0a00", "\u0a7f", "pa"),
    ("\u0a80", "\u0aff", "gu"),
    ("\u0b80", "\u0bff", "ta"),
    ("\u0c00", "\u0c7f", "te"),
    ("\u0c80", "\u0cff", "kn"),
    ("\u0d00", "\u0d7f", "ml"),
    ("\u0d80", "\u0dff", "si"),
    ("\u10a0", "\u10ff", "ka"),
    ("\u0530", "\u058f", "hy"),
    ("\u0370", "\u03ff", "el"),
    ("\u1200", "\u137f", "am"),
    ("\u0400", "\u04ff", "cyrillic"),
)
LATIN = "latin"
# A Han letter says about as much as three Latin ones.
WEIGHT = {"zh": 3, "ja": 3, "ko": 2}
# Letters that one language of a shared script has and its neighbours have not.
TELLING = {
    "ar": (("ur", "ٹڈڑےںھہ"), ("fa", "پچژگکی")),
    "hi": (("mr", "ळ"),),
    "cyrillic": (("uk", "іїєґ"), ("ru", "ыэё")),
}
# Shapes of everyday letters that only the traditional, or only the simplified, script has.
TRADITIONAL = frozenset(
    "這個們來時說為國會過還沒嗎麼給點對開關東車馬長門問間買賣價錢軟質絲綢顏紅藍綠黃銀鐘錶歡謝請讓應該樣幾兩從後裡邊電話發貨"
)
SIMPLIFIED = frozenset(
    "这个们来时说为国会过还没吗么给点对开关东车马长门问间买卖价钱软质丝绸颜红蓝绿黄银钟表欢谢请让应该样几两从后里边电话发货"
)
# Words too common to be borrowed. A word that several languages have counts for each of them.
LITTLE_WORDS = {
    "en": "the and is it this that are was were you your i my we they with for of in on at to how what when "
    "can do does would will have has from be not but so very much please thank thanks there here one "
    "who which a an",
    "fr": "en le la les un une des du de et est c'est ce cette ces je j'ai il elle nous vous on ne pas que "
    "qui pour avec dans sur au aux très plus bien merci bonsoir bonjour combien quelle quel comment "
    "est-ce sont d'un d'une j'aime l'on ça à où même peut pouvez",
    "de": "der die das ein eine einen und ist sind ich du wir ihr sie es nicht mit für auf im in zu den dem "
    "von auch noch schon sehr bitte danke guten abend wie was wann kann können gibt wird hat habe war "
    "aus bei nur mir man",
    "es": "el la los las un una unos de del y es está esta este son soy yo me te se no que qué con para por "
    "en muy más gracias buenas noches cómo cuánto cuál puede hay mi su lo al pero también",
    "it": "il lo la gli le un una di del della e è sono che chi con per in nel molto più grazie buonasera "
    "ciao come quanto quale può mi si non anche questo questa da al ma ho ha",
    "pt": "o a os as um uma de do da dos das e é são que quem com para por em no na muito mais obrigado "
    "obrigada boa noite como quanto qual pode não eu meu minha você isso esta este está também",
    "nl": "de het een en is zijn ik je jij wij niet met voor op in te van ook nog heel erg dank bedankt "
    "goedenavond hoe wat wanneer kan dit dat die er maar naar uit wel mooi",
    "sv": "och är jag du det den en ett vi inte med för på i av att som också mycket tack hej god kväll hur "
    "vad när kan min från till om men",
    "pl": "i jest są to nie tak z na w do się ja ty czy jak co kiedy dla bardzo dziękuję dobry wieczór "
    "proszę mam ale też od po mi",
    "tr": "ve bir bu şu çok güzel mi mı mu mü ne nasıl için ile de da ben sen var yok değil teşekkürler iyi "
    "akşamlar ama daha kaç olur",
    "vi": "là và có không này cái rất đẹp cho của tôi bạn với được bao nhiêu xin chào cảm ơn ở một những",
    "id": "dan yang ini itu tidak saya kamu dengan untuk di ke dari ada bagus sekali terima kasih selamat "
    "malam berapa apa bisa juga",
}
WORDS = {language: frozenset(words.split()) for language, words in LITTLE_WORDS.items()}
# Letters no other of these languages has.
LETTERS = {
    "de": "ß",
    "es": "ñ¿¡",
    "tr": "ğış",
    "pl": "łżźśńęą",
    "vi": "ơưđăạảấầẩậắặẹẻẽếềểễệỉịọỏốồổộớờởợụủứừửữựỳỷỹ",
    "sv": "å",
    "pt": "ãõ",
}
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# One word may be a name, or borrowed.
ENOUGH = 2
TWICE = 2


def guess_language(text: str) -> str:
    """The BCP 47 tag of the line's language, at most 8 characters, or "" when it is not plain."""
    scripts = _scripts(text)
    if not scripts:
        return ""
    script, weight = max(scripts.items(), key=lambda one: one[1])
    if weight * 2 < sum(scripts.values()):
        return ""
    if script == LATIN:
        return _latin_language(text)
    if script in TELLING:
        return _neighbour(text, script)
    return _han(text) if script == "zh" else script


def _scripts(text: str) -> Counter[str]:
    """How much of the line is in which script; kana make the Han letters beside them Japanese."""
    found: Counter[str] = Counter()
    for char in text:
        if unicodedata.category(char)[0] == "L":
            found[_script(char)] += 1
    if found["ja"]:
        found["ja"] += found.pop("zh", 0)
    weighed = {script: number * WEIGHT.get(script, 1) for script, number in found.items() if script}
    return Counter({script: weight for script, weight in weighed.items() if weight})


def _script(char: str) -> str:
    if char < "\u0370":
        return LATIN
    for first, last, language in SCRIPTS:
        if first <= char <= last:
            return language
    return LATIN if "\u1e00" <= char <= "\u1eff" else ""


def _han(text: str) -> str:
    traditional = sum(char in TRADITIONAL - SIMPLIFIED for char in text)
    simplified = sum(char in SIMPLIFIED - TRADITIONAL for char in text)
    if traditional and not simplified:
        return "zh-Hant"
    return "zh-Hans" if simplified and not traditional else "zh"


def _neighbour(text: str, script: str) -> str:
    """Arabic, Devanagari and Cyrillic are shared: a letter of one's own tells."""
    for language, letters in TELLING[script]:
        if any(letter in letters for letter in text.lower()):
            return language
    return "" if script == "cyrillic" else script


def _latin_language(text: str) -> str:
    lowered = unicodedata.normalize("NFC", text).lower().replace("’", "'")
    words = WORD.findall(lowered)
    score: Counter[str] = Counter()
    for language, known in WORDS.items():
        score[language] += sum(word in known for word in words)
        score[language] += ENOUGH * any(letter in lowered for letter in LETTERS.get(language, ""))
    (best, most), (_second, next_most) = score.most_common(2)
    return best if most >= ENOUGH and most >= TWICE * next_most else ""
