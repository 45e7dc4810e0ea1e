"""Lighthouse on a phone profile, pages served as in production: `make lighthouse`.

Prints a table, keeps every report under var/lighthouse/, and ends with 1 when a page misses a bound
(bounds.py). A page that misses one is weighed twice more, and the middle of the three counts.
`--only home room` weighs these, `--fresh` forgets the shop of the last run, `--prepare` makes it and weighs
nothing, `--write` puts the table into docs/performance.md.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import httpx

from benchmarks.lighthouse.bounds import Weight, middle, misses, table, weight
from benchmarks.lighthouse.house import ROOT, House, open_house, prepare

HERE = Path(__file__).parent
OUT = ROOT / "var" / "lighthouse"
PAGES = ("home", "event", "room", "host", "product", "checkout")
TURNS = 3
ASKED, WARM = 18, 3  # requests of each page, and how many of them only fill caches
Page = dict[str, Any]
DOCS = ROOT / "docs" / "performance.md"
MARKS = re.compile(r"(?<=<!-- lighthouse -->\n).*?(?=<!-- /lighthouse -->)", re.S)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lighthouse", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PAGES, default=PAGES)
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--prepare", action="store_true")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args(arguments)
    shop = OUT / "shop"
    if given.fresh:
        shutil.rmtree(shop, ignore_errors=True)
    shop.mkdir(parents=True, exist_ok=True)
    install_packages()
    house = House(shop)
    slugs = prepare(house)
    if given.prepare:
        return 0
    with open_house(house):
        pages = [page for page in addresses(house, slugs) if page["name"] in given.only]
        found = list(judged(pages))
    print(table(found))
    for page in found:
        for miss in misses(page):
            print(f"{page.name}: {miss}; {'; '.join(page.lost) or 'nothing else'}")
    if given.write:
        write(found)
    return 1 if any(True for page in found for _ in misses(page)) else 0


def install_packages() -> None:
    """What the lock file names; nothing to do the second time."""
    stamp, lock = HERE / "node_modules" / ".package-lock.json", HERE / "package-lock.json"
    if not stamp.exists() or stamp.stat().st_mtime < lock.stat().st_mtime:
        subprocess.run(["npm", "ci", "--silent"], cwd=HERE, check=True)


def addresses(house: House, slugs: dict[str, str]) -> Iterator[Page]:
    """The six pages; the checkout is that of a guest with one piece in the bag."""
    paths = {
        "home": "/",
        "event": f"/events/{slugs['event']}/",
        "room": f"/events/{slugs['room']}/",
        "host": f"/hosts/{slugs['host']}/",
        "product": f"/products/{slugs['product']}/",
    }
    for name, path in paths.items():
        yield {"name": name, "url": house.url + path, "cookie": ""}
    yield {
        "name": "checkout",
        "url": f"{house.url}/checkout/",
        "cookie": bag(house.url, f"/products/{slugs['product']}/"),
    }


def bag(url: str, path: str) -> str:
    """Put the piece of that page into a guest's bag; the guest's cookies."""
    headers = {"Referer": url + path}
    # The certificate was made a moment ago, for loopback.
    with httpx.Client(base_url=url, verify=False, follow_redirects=True, headers=headers) as guest:  # noqa: S501
        page = guest.get(path).text
        form = page[page.index("data-buy") :]
        fields = re.findall(r'name="(\w+)" value="([^"]*)"(?! disabled)', form[: form.index("</form>")])
        fields = dict(reversed(fields))  # of several variants the first
        guest.post("/bag/add/", data=fields).raise_for_status()
        if guest.get("/checkout/").url.path != "/checkout/":
            raise LookupError(f"{path} did not go into the bag")
        return "; ".join(f"{name}={value}" for name, value in guest.cookies.items())


def judged(pages: list[Page]) -> Iterator[Weight]:
    """Every page once, and those that miss a bound twice more."""
    turns: dict[str, list[Weight]] = {page["name"]: [] for page in pages}
    for turn in range(TURNS):
        wanted = [p for p in pages if not turn or any(misses(turns[p["name"]][0]))]
        for found in weighed([page | {"server": served(page)} for page in wanted]):
            turns[found.name].append(found)
    yield from (middle(turns[page["name"]]) for page in pages)


def served(page: Page) -> float:
    """Milliseconds from the request to the last byte, TLS of loopback included: the middle of many."""
    headers = {"Cookie": str(page["cookie"])}
    with httpx.Client(verify=False, headers=headers) as reader:  # noqa: S501 - as above
        answers = [reader.get(str(page["url"])).raise_for_status() for _ in range(ASKED)]
    return median(answer.elapsed.total_seconds() for answer in answers[WARM:]) * 1000


def weighed(pages: list[Page]) -> Iterator[Weight]:
    """Lighthouse's figures of each page."""
    if not pages:
        return
    asked_of = {page["name"]: page["server"] for page in pages}
    asked = {"pages": pages, "folder": str(OUT)}
    names = ("chromium-headless-shell", "chromium")
    chromium = os.environ.get("CHROMIUM_BIN") or next(filter(None, map(shutil.which, names)), names[0])
    done = subprocess.run(
        ["node", "weigh.mjs"],
        cwd=HERE,
        env=os.environ | {"CHROME_PATH": chromium},
        input=json.dumps(asked),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    for line in done.stdout.splitlines():
        found = json.loads(line)
        print(f"{found['name']}: weighed, {found['slowdown']:.1f} times slowed", file=sys.stderr)
        yield weight(found | {"server": asked_of[found["name"]]})


def write(found: list[Weight]) -> None:
    """The table in docs/performance.md, with its day and the load it was taken under."""
    load = os.getloadavg()[0]
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    said = f"Taken {day} on {os.cpu_count()} cores at a load of {load:.1f}.\n\n{table(found)}\n"
    DOCS.write_text(MARKS.sub(lambda _: said, DOCS.read_text()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
