"""Rules of the house that a linter does not know."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import APPS, ROOT, files, modules

MONEY = re.compile(
    r"(^|/)(money|pricing|payments?|refunds?|attribution|commissions?|checkout|bags?|orders?)(/|\.py|_)"
)
LOCK_FILES = ("requirements/", "*package-lock.json", ".npmrc", "*package.json")
# Markup that a strict content policy forbids: inline style, inline script, event handler attributes.
FORBIDDEN_MARKUP = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "style element": re.compile(r"<style\b", re.I),
    "event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "javascript address": re.compile(r"""(href|src|action)\s*=\s*["']?\s*javascript:""", re.I),
}
SCRIPT = re.compile(r"<script\b(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.I | re.S)
NO_MONEY = {"templatetags", "demo.py", "demo", "modelling"}
MAIL_TEMPLATE = "mail"  # mail programs know no style sheets


def money_modules() -> Iterator[tuple[Path, ast.Module]]:
    for path, tree in modules("catalog", "orders"):
        if MONEY.search(path.as_posix()) and not NO_MONEY & {*path.parts}:
            yield path, tree


def floats_in(tree: ast.Module) -> list[int]:
    """Lines with a float literal, a call of float() or a true division."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "float")
        or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and not is_path(node))
    ]


def is_path(node: ast.BinOp) -> bool:
    return any(
        isinstance(side, ast.Constant) and isinstance(side.value, str) for side in (node.left, node.right)
    )


def test_money_is_never_a_float() -> None:
    assert [f"{path}:{line}" for path, tree in money_modules() for line in floats_in(tree)] == []


def test_the_float_rule_sees_money_modules() -> None:
    found = {path.as_posix() for path, _ in money_modules()}
    assert {"catalog/money.py", "orders/models/payment.py", "orders/models/attribution.py"} <= found
    assert floats_in(ast.parse("a = 1.5\nb = float(a)\nc = a / b")) == [1, 2, 3]


def templates() -> list[Path]:
    return [p for p in files(".html") if "templates" in p.parts]


def without_comments(markup: str) -> str:
    return re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", markup, flags=re.S)


def markup_faults(markup: str) -> list[str]:
    found = [name for name, pattern in FORBIDDEN_MARKUP.items() if pattern.search(markup)]
    for script in SCRIPT.finditer(markup):
        attributes, body = script["attributes"], script["body"].strip()
        if body and "csp_nonce" not in attributes and "application/json" not in attributes:
            found.append("inline script")
    return found


def test_no_template_needs_more_than_the_strict_policy() -> None:
    faults = {
        str(path): markup_faults(without_comments((ROOT / path).read_text()))
        for path in templates()
        if MAIL_TEMPLATE not in path.as_posix()
    }
    assert {path: found for path, found in faults.items() if found} == {}


def printed_comments(text: str) -> list[str]:
    """Comments over more than one line: Django takes them for words and prints them."""
    return [line for line in text.splitlines() if line.count("{#") != line.count("#}")]


def test_no_comment_of_a_template_is_printed() -> None:
    written = [path for path in files(".html", ".txt") if "templates" in path.parts]
    found = {str(path): printed_comments((ROOT / path).read_text()) for path in written}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_twin_a_comment_of_two_lines_is_seen() -> None:
    assert printed_comments("{# one\ntwo #}\n{# three #}") == ["{# one", "two #}"]


def test_the_markup_rule_has_teeth() -> None:
    assert markup_faults('<p style="color:red">') == ["style attribute"]
    assert markup_faults("<button onclick='go()'>") == ["event handler"]
    assert markup_faults("<script>go()</script>") == ["inline script"]
    assert markup_faults('<a href="javascript:go()">') == ["javascript address"]
    assert markup_faults('<script type="module" src="{% static "x.js" %}"></script>') == []


def test_no_lock_file_names_a_host() -> None:
    named = []
    for name in LOCK_FILES:
        for path in files(".txt", ".in", ".json", ".npmrc", under=(name,)):
            text = (ROOT / path).read_text()
            if re.search(r"https?://|--(extra-)?index-url|\"resolved\"|^registry\s*=", text, re.M):
                named.append(str(path))
    assert named == []


def test_every_locked_package_carries_a_hash() -> None:
    for path in files(".txt", under=("requirements",)):
        lines = (ROOT / path).read_text().splitlines()
        pinned = [number for number, line in enumerate(lines) if "==" in line]
        assert [lines[n] for n in pinned if not lines[n + 1].strip().startswith("--hash=sha256:")] == []


def test_functions_import_nothing_outside_app_start() -> None:
    inside = [
        f"{path}:{inner.lineno}"
        for path, tree in modules(*APPS)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name != "ready"
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert inside == []
