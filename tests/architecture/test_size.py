"""The size budget: small functions, short modules. docs/architecture.md says why."""

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import APPS, ROOT, files, modules

LONGEST_FUNCTION = 50
LONGEST_MODULE = 300
# A test module is a list of sentences, read from any point.
LONGEST_TEST_MODULE = 600
LONGEST_TEMPLATE = 150
LONGEST_PAGE_SCRIPT = 40
MEDIAN_FUNCTION = 8


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def length(path: Path) -> int:
    return len((ROOT / path).read_text().splitlines())


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{path}:{node.lineno} {node.name} has {lines_of(node)} lines"
        for path, tree in modules()
        for node in functions(tree)
        if lines_of(node) > LONGEST_FUNCTION
    ]
    assert long == []


def test_the_usual_function_is_small() -> None:
    lengths = [lines_of(node) for _, tree in modules(*APPS) for node in functions(tree)]
    assert statistics.median(lengths) <= MEDIAN_FUNCTION


def test_no_module_is_longer_than_three_hundred_lines() -> None:
    # Settings are one file on purpose.
    found = [p for p, _ in modules() if p != Path("config/settings.py")]
    allowed = {p: LONGEST_TEST_MODULE if p.parts[0] == "tests" else LONGEST_MODULE for p in found}
    long = [p for p in found if length(p) > allowed[p]]
    assert [f"{p} has {length(p)} lines" for p in long] == []


def test_no_template_is_longer_than_one_hundred_and_fifty_lines() -> None:
    assert [str(p) for p in files(".html", under=("templates",)) if length(p) > LONGEST_TEMPLATE] == []


def test_page_scripts_only_put_modules_together() -> None:
    scripts = files(".js", under=("static/js/pages",))
    assert [str(p) for p in scripts if length(p) > LONGEST_PAGE_SCRIPT] == []
