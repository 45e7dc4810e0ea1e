"""Words a brand does not want in its rooms."""

from livechat.models import Room

LANGUAGES = ("en", "zh-Hans", "zh-Hant", "fr", "de", "es", "it", "pt", "ja", "ko", "ar", "hi", "th", "vi")


def judge(room: Room, text: str) -> str:
    return ""
