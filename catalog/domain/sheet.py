"""A sheet of products as text: CSV in, CSV out. Knows columns and cells, and nothing of products.

Spreadsheets write `,` or `;` or tabs between cells, put a mark in front of UTF-8, break lines within quotes,
turn long numbers into 1.2E+12 and take a cell that begins with `=` for a formula. All of that is met here.
"""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalog.errors import BadSheet
from catalog.money import Money

MOST_BYTES = 5_000_000
MOST_ROWS = 5_000
DELIMITERS = ",;\t"
PRICE = "price_"
COLUMNS = (
    "sku",
    "slug",
    "name",
    "subtitle",
    "category",
    "story",
    "options",
    "stock",
    "edition_size",
    "max_per_order",
    "available_from",
    "available_until",
)
# What a spreadsheet would run when the file is opened.
FORMULA = re.compile(r"'*[=+\-@\t\r]")
GUARD = "'"
# A number as text, the way spreadsheets keep its zeros: ="00123"
AS_TEXT = re.compile(r'^="(?P<text>[^"]*)"$')


@dataclass(frozen=True)
class Row:
    """One row: its number as the spreadsheet shows it, and the cells by column."""

    number: int
    cells: dict[str, str]
    # More cells than there are columns: nearly always a delimiter that nobody quoted.
    overflowing: bool = False


def read_sheet(data: bytes) -> list[Row]:
    """The rows with anything in them. BadSheet says what to do when the file as a whole cannot be read."""
    if len(data) > MOST_BYTES:
        raise BadSheet(_("The file is larger than 5 MB. Divide it and bring in the parts one by one."))
    text = _decoded(data)
    first = 1
    if announced := re.match(r"sep=(.)\r?\n", text):
        text, first = text[announced.end() :], 2
    records = _records(text, announced[1] if announced else _delimiter(text))
    if not records:
        raise BadSheet(_("The file is empty. Start from the template."))
    columns = _columns(records[0])
    rows = [_row(number, columns, record) for number, record in enumerate(records[1:], first + 1)]
    filled = [row for row in rows if any(row.cells.values())]
    if not filled:
        raise BadSheet(_("There is no row below the names of the columns."))
    if len(filled) > MOST_ROWS:
        raise BadSheet(_("The file has more than 5,000 rows. Divide it and bring in the parts one by one."))
    return filled


def write_sheet(columns: Iterable[str], rows: Iterable[dict[str, str]]) -> bytes:
    """CSV that Excel opens by a double click, and in which no cell is run as a formula."""
    names, out = list(columns), io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(names)
    writer.writerows([guarded(row.get(name, "")) for name in names] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def guarded(text: str) -> str:
    """Text that a spreadsheet shows instead of running it; `read_sheet` takes the guard off again."""
    return f"{GUARD}{text}" if FORMULA.match(text) else text


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadSheet(_("The file is UTF-16. Save it as “CSV UTF-8”."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = data[: wrong.start].count(b"\n") + 1
        raise BadSheet(
            _("Line %(line)d is not UTF-8. Save the file as “CSV UTF-8”.") % {"line": line}
        ) from wrong
    if "\0" in text:
        raise BadSheet(_("This is no text. Save the sheet as “CSV UTF-8”, not as a workbook."))
    return text


def _delimiter(text: str) -> str:
    header = text.partition("\n")[0]
    return max(DELIMITERS, key=header.count)


def _records(text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return list(reader)
    except csv.Error as wrong:
        raise BadSheet(
            _("The quotes around line %(line)d do not match. Double each quote within a cell.")
            % {"line": reader.line_num}
        ) from wrong


def _columns(header: list[str]) -> list[str]:
    names = [name.strip().lower() for name in header]
    while names and not names[-1]:
        names.pop()
    wrong = [name for name in names if name not in COLUMNS and not _is_price(name)]
    if wrong:
        raise BadSheet(
            _("There is no column “%(wrong)s”. There are: %(known)s, and price_EUR or any other currency.")
            % {"wrong": "”, “".join(wrong), "known": ", ".join(COLUMNS)}
        )
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise BadSheet(
            _("The column “%(name)s” is there twice. Take one away.") % {"name": "”, “".join(twice)}
        )
    if "sku" not in names:
        raise BadSheet(_("The column “sku” is missing; it tells one piece from another."))
    return names


def _is_price(name: str) -> bool:
    try:
        Money(0, currency_in(name))
    except ValueError:
        return False
    return name.startswith(PRICE)


def currency_in(column: str) -> str:
    """EUR, of `price_eur`."""
    return column.removeprefix(PRICE).upper()


def _row(number: int, columns: list[str], record: list[str]) -> Row:
    cells = {name: _bare(text) for name, text in zip(columns, record, strict=False)}
    return Row(number, cells, overflowing=any(text.strip() for text in record[len(columns) :]))


def _bare(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\xa0", " ").strip()
    if kept := AS_TEXT.match(text):
        return kept["text"].strip()
    return text[1:] if text.startswith(GUARD) and FORMULA.match(text[1:]) else text
