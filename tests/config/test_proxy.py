"""The shipped proxy's rules say what the site's own say."""

import re

from config.views import FILMS, MODELS, PICTURES
from tests.architecture.tree import ROOT


def test_the_proxy_serves_every_kind_of_picture_the_site_does() -> None:
    rules = (ROOT / "deploy" / "nginx.conf").read_text()
    served = re.search(r"\^/media/\.\+\\\.\(([\w|]+)\)", rules)
    assert served is not None
    assert {f".{kind}" for kind in served[1].split("|")} == set(PICTURES | MODELS | FILMS)
