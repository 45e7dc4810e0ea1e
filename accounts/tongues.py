"""Words people wrote themselves, on a page in another language: which voice reads them, told by their script.

Brands and hosts write in their own language and nobody says in which. A script other than the page's is sure
to be another language; within the page's own script nothing is said.
"""

import re

# The first that is met says it. Han beside kana is Japanese; Latin letters are read as English.
SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\u1100-\u11ff\uac00-\ud7af]")),
    ("zh", re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("", re.compile("[\u0370-\u052f]")),
    ("en", re.compile("[A-Za-z\u00c0-\u024f]")),
)
# Languages of pages that are not written in Latin letters, with what their script would be taken for.
PAGES = {
    "zh": {"zh"}, "ja": {"ja", "zh"}, "ko": {"ko", "zh"}, "yue": {"zh"},
    "ar": {"ar"}, "fa": {"ar"}, "ur": {"ar"}, "he": {"he"}, "hi": {"hi"}, "mr": {"hi"}, "th": {"th"},
    "el": set(), "ru": set(), "uk": set(), "bg": set(), "sr": set(),
}  # fmt: skip


def tongue(text: str) -> str:
    """The BCP 47 tag `text` is read by, "" when its script does not tell."""
    return next((tag for tag, letters in SCRIPTS if letters.search(text)), "")


def other_tongue(text: str, page: str) -> str:
    """The tag of `text` when its script is not that of a page in the language `page`, else ""."""
    found = tongue(text)
    return "" if found in PAGES.get(page.lower().split("-")[0], {"en"}) else found
