"""Whether two questions ask the same: by the shingles of their words, in any script, without a dictionary.

The browser does the same (static/js/room/questions_alike.js); both are fed tests/wire/alike.json.
"""

import re
import unicodedata
from itertools import pairwise

# Sharing so much of their shingles, two questions about one piece ask the same; from tests/wire/alike.json.
ALIKE = 0.5
WORD = re.compile(r"\w+")
# Written without spaces between words: pairs of characters stand in for words there.
UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
# What nearly every question has and no question is about. The browser's list is the same, as tests prove.
_FILLERS = """
a an the is are was it its this that these those of in on at to for and or do does did can could will would
you i we me my your have has be there one please just so
le la les un une des du de et est ce que ces cette il elle en au aux vous je se c l d s qu y t
el los las una unos es del esta este lo por para con son
der die das ein eine ist sind und zu im den dem man auch
gli e di che si per questo questa o os um uma da é ele ela com
吗 呢 的 了 是 这 个 条 有 啊 吧 么 能 可 以 请 问 会 を は が に の か で す ま と も
이 그 은 는 를 을 가 에 هل ما في من هذا هذه على و
"""
FILLERS = frozenset(_FILLERS.split())


def similarity(one: str, other: str) -> float:
    """How much two texts share, 0 to 1 (Dice's coefficient over their shingles)."""
    a, b = shingles(one), shingles(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def shingles(text: str) -> frozenset[str]:
    """Threes of letters of each word that says something, its ends marked; pairs where words have no ends."""
    words = WORD.findall(unicodedata.normalize("NFKC", text).lower())
    telling = [word for word in words if word not in FILLERS] or words
    return frozenset(part for word in telling for part in _parts(word))


def _parts(word: str) -> list[str]:
    if UNSPACED.search(word):
        kept = [char for char in word if char not in FILLERS] or list(word)
        return [a + b for a, b in pairwise(kept)] or kept
    marked = f" {word} "
    return [marked[at : at + 3] for at in range(len(marked) - 2)]
