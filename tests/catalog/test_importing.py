"""Products from a sheet: every row reported, all or the right ones written, no other brand touched."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.domain import cells, exporting
from catalog.domain.importing import apply, check
from catalog.domain.sheet import MOST_BYTES, guarded, read_sheet, write_sheet
from catalog.errors import BadSheet
from catalog.models import Price, Product, Stock, Variant
from tests.factories.catalog import make_brand, make_product, make_stocked_variant

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FIRST = "sku,name,category,price_EUR,stock\n"
db = pytest.mark.django_db


@pytest.fixture
def brand(db):
    return make_brand(slug="maison")


def sheet(*rows, header="sku,name,category,price_EUR,stock"):
    return "\n".join([header, *rows]).encode()


def told(report):
    return [(line.entry.number, line.state.value, line.problems) for line in report.lines]


def problem_of(brand, header, row):
    """What a new product with one more cell is told."""
    [line] = check(brand, sheet(f'A-1,Scarf,silk,"{row}"', header=f"sku,name,category,{header}")).lines
    return line.problems


# --- Reading the file ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "data",
    [
        b"sku,name\nA,Sea\n",
        b"\xef\xbb\xbfsku,name\r\nA,Sea\r\n",
        b"sku;name\nA;Sea",
        b"SKU\t Name \nA\tSea\n",
        b"sep=;\r\nsku;name\r\nA;Sea\r\n",
        b'sku,name,,\n="A",Sea,,\n,,,\n\n',
    ],
    ids=["comma", "mark and windows lines", "semicolon", "tabs", "announced", "excel's leftovers"],
)
def test_sheets_are_read_whatever_program_wrote_them(data):
    assert [row.cells for row in read_sheet(data)] == [{"sku": "A", "name": "Sea"}]


def test_a_cell_may_have_lines_commas_and_quotes():
    [row] = read_sheet(b'sku,story\nA,"One, ""two""\r\nthree"\n')
    assert row.cells["story"] == 'One, "two"\nthree'


def test_rows_are_numbered_as_the_spreadsheet_does():
    rows = read_sheet(b'sku,story\nA,"two\nlines"\n\nB,x\n')
    assert [(row.number, row.cells["sku"]) for row in rows] == [(2, "A"), (4, "B")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty"),
        (b"sku,name\n", "no row below"),
        (b"name\nSea\n", "“sku” is missing"),
        (b"sku,nmae\nA,Sea\n", "no column “nmae”"),
        (b"sku,price_EURO\nA,1\n", "no column “price_euro”"),
        (b"sku,price_XAU\nA,1\n", "no column “price_xau”"),
        (b"sku,sku\nA,B\n", "is there twice"),
        (b'sku,name\nA,"Sea\n', "quotes around line"),
        ("sku,name\nA,Cité\n".encode("latin-1"), "Line 2 is not UTF-8"),
        ("sku\nA\n".encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04\x00\x00", "not as a workbook"),
        (b"sku\n" + b"A\n" * 5_001, "more than 5,000 rows"),
        (b"x" * (MOST_BYTES + 1), "larger than 5 MB"),
    ],
)
def test_a_file_that_is_no_sheet_says_what_to_do(data, said):
    with pytest.raises(BadSheet, match=said):
        read_sheet(data)


def test_twin_what_is_written_unguarded_would_run():
    assert [guarded(text) for text in ("=1+1", "+49", "-1", "@x", "\tx", "'=1", "Sea", "it's")] == [
        "'=1+1", "'+49", "'-1", "'@x", "'\tx", "''=1", "Sea", "it's",
    ]  # fmt: skip


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30))
def test_what_is_written_is_read_again(text):
    meant = text.replace("\r\n", "\n").replace("\xa0", " ").strip()
    if not meant or cells_as_text(meant):
        return
    [row] = read_sheet(write_sheet(["sku", "story"], [{"sku": "A", "story": meant}]))
    assert row.cells["story"] == meant


def cells_as_text(text):
    return text.startswith('="') and text.endswith('"')


# --- Cells -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("1234.50", "EUR", 123_450),
        ("12", "EUR", 1_200),
        ("12.5", "EUR", 1_250),
        ("0.10", "EUR", 10),
        ("129000", "JPY", 129_000),
        ("1.234", "KWD", 1_234),
    ],
)
def test_prices_are_exact_minor_units(text, currency, minor):
    assert cells.price(text, currency) == minor


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1,234.50", "Write 1234.50:"),
        ("1.234,50", "Write 1234.50:"),
        ("1 234,50", "Write 1234.50:"),
        ("12,5", "Write 12.5:"),
        ("€12", "Write an amount in digits"),
        ("-3", "Write an amount in digits"),
        ("1e3", "Write an amount in digits"),
        ("NaN", "Write an amount in digits"),
        ("١٢", "Write an amount in digits"),
        ("0.005", "EUR has 2 decimals"),
        ("1000000", "The most that can be charged is 999999.99"),
    ],
)
def test_an_amount_that_could_be_read_two_ways_is_not_guessed(text, said):
    with pytest.raises(ValueError, match=said):
        cells.price(text, "EUR")


@given(st.integers(0, 99_999_999), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_every_price_comes_back_as_it_went(minor, currency):
    places = {"EUR": 2, "JPY": 0, "KWD": 3}[currency]
    assert cells.price(str(Decimal(minor).scaleb(-places)), currency) == minor


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-12-01T19:00+01:00", "2026-12-01T18:00:00+00:00"),
        ("2026-12-01 19:00 Europe/Paris", "2026-12-01T18:00:00+00:00"),
        ("2026-12-01 19:00:30 UTC", "2026-12-01T19:00:30+00:00"),
        ("2026-12-01T19:00Z", "2026-12-01T19:00:00+00:00"),
    ],
)
def test_a_moment_has_a_zone(text, moment):
    assert cells.written_moment(cells.moment(text)) == moment


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-12-01 19:00", "date, time and zone"),
        ("1/12/2026", "date, time and zone"),
        ("2026-12-01 19:00 Europe/Atlantis", "no time zone “Europe/Atlantis”"),
        ("2027-03-28 02:30 Europe/Paris", "The clocks go forward"),
        ("2026-10-25 02:30 Europe/Paris", "The clocks go back"),
    ],
)
def test_a_moment_that_is_none_or_two_is_refused(text, said):
    with pytest.raises(ValueError, match=said):
        cells.moment(text)


# --- The report ---
def test_a_check_tells_what_is_new_and_writes_nothing(brand):
    report = check(brand, sheet("A-1,Scarf,silk,390,40", "A-2,Scarf,,395.50,2"))
    assert (report.counts, report.applied) == ({"new": 2, "changed": 0, "same": 0, "wrong": 0}, False)
    assert [(c.column, c.before, c.after) for c in report.lines[1].changes] == [
        ("stock", "", "2"),
        ("price_EUR", "", "395.50 EUR"),
    ]
    assert Product.objects.count() == 0


@pytest.mark.parametrize(
    ("header", "cell", "said"),
    [
        ("price_EUR", "12,5", "“price_eur”: Write 12.5"),
        ("stock", "many", "“stock”: Write a whole number from 0 to 1000000"),
        ("stock", "-1", "“stock”: Write a whole number"),
        ("edition_size", "0", "“edition_size”: Write a whole number from 1"),
        ("max_per_order", "101", "“max_per_order”: Write a whole number from 1 to 100"),
        ("options", "Size 38", "“options”: Write options as"),
        ("slug", "Not A Slug", "“slug”: Use small letters"),
        ("slug", "import", "“slug”: Use small letters"),
        ("subtitle", "x" * 161, "“subtitle”: Shorten it to 160 characters"),
        ("available_from", "tomorrow", "“available_from”: Write date, time and zone"),
    ],
)
def test_a_wrong_cell_is_named_with_what_to_write(brand, header, cell, said):
    [problem] = problem_of(brand, header, cell)
    assert problem.startswith(said)


def test_all_problems_of_a_row_are_told_at_once(brand):
    report = check(brand, sheet('1.2E+12,Scarf,silk,"1,5",x', ",Bag,leather,1,1", "C,Cup,tea,1,1,more"))
    assert [len(line.problems) for line in report.lines] == [3, 1, 1]
    assert report.lines[2].problems[0].startswith("There are more cells than columns")


def test_rows_that_contradict_each_other_are_refused(brand):
    header = "sku,slug,name,category"
    report = check(brand, sheet("A,x,Scarf,silk", "A,x,,", "B,x,Shawl,", header=header))
    assert told(report)[1:] == [
        (3, "wrong", ["Row 2 has this SKU, too. Keep one of the two."]),
        (4, "wrong", ["“name”: row 2 says something else of the same product."]),
    ]


def test_a_sale_ends_after_it_begins_counting_what_was_there(brand):
    make_stocked_variant(sku="A", product=make_product(brand=brand, available_from=NOW))
    [line] = check(brand, b"sku,available_until\nA,2026-11-22T11:00Z").lines
    assert line.problems == ["“available_until”: the sale has to end after it begins."]


def test_variants_of_a_product_that_is_not_right_wait_for_it(brand):
    report = check(brand, sheet("A,Scarf,,1,1", "B,Scarf,silk,1,1"))
    assert told(report) == [
        (2, "wrong", ["“category”: a new product needs one."]),
        (3, "wrong", ["Put row 2 right first: it begins this product."]),
    ]


def test_one_brand_never_touches_anothers_sku_or_address(brand):
    theirs = make_stocked_variant(sku="T-1", product=make_product(slug="theirs", name="Theirs"))
    report = apply(
        brand,
        sheet("T-1,,Mine,silk,1", "M-1,theirs,Mine,silk,1", header="sku,slug,name,category,price_EUR"),
        whole=False,
        now=NOW,
    )
    assert [line.problems for line in report.lines] == [
        ["“sku”: this one is taken. Choose another."],
        ["“slug”: this address is taken. Choose another."],
    ]
    theirs.product.refresh_from_db()
    assert (theirs.product.name, Price.objects.get().amount) == ("Theirs", 12_500)


def test_a_sku_stays_with_its_product(brand):
    make_stocked_variant(sku="A", product=make_product(brand=brand, slug="scarf"))
    [line] = check(brand, b"sku,slug\nA,shawl").lines
    assert line.problems == ["“slug”: this SKU belongs to “scarf” and stays there."]


def test_two_products_of_one_name_are_told_apart_by_address(brand):
    for _ in range(2):
        make_product(brand=brand, name="Scarf")
    [line] = check(brand, sheet("N,Scarf,silk,1,1")).lines
    assert line.problems == ["“slug”: several products have this name. Say which by its address."]


def test_a_count_below_what_is_promised_is_refused_before_anything_is_written(brand):
    make_stocked_variant(sku="A", on_hand=9, held=2, sold=3, product=make_product(brand=brand))
    [line] = check(brand, b"sku,stock\nA,4").lines
    assert line.problems == ["“stock”: 5 pieces are held or sold; write that or more."]


# --- Writing ---
def test_a_sheet_becomes_drafts_with_variants_prices_and_pieces(brand):
    header = "sku,name,category,options,price_EUR,price_JPY,stock,edition_size,available_from"
    data = sheet(
        "S-38,Ring,gold,Size: 38,1250.50,198000,4,88,2026-12-01 10:00 Asia/Tokyo",
        "S-40,Ring,,Size: 40,1250.50,198000,0,,",
        header=header,
    )
    report = apply(brand, data, whole=True, now=NOW)
    assert (report.applied, report.counts["new"]) == (True, 2)
    product = Product.objects.get()
    assert (product.state, product.slug, product.edition_size, product.max_per_order) == (
        "draft",
        "ring",
        88,
        3,
    )
    assert product.available_from == datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
    assert [(v.sku, v.options, v.stock.on_hand) for v in product.variants.all()] == [
        ("S-38", {"Size": "38"}, 4),
        ("S-40", {"Size": "40"}, 0),
    ]
    assert set(Price.objects.values_list("currency", "amount")) == {
        ("EUR", 125_050),
        ("JPY", 198_000),
    }


def test_the_second_time_nothing_changes(brand):
    data = sheet("A-1,Scarf,silk,390,40", "A-2,Scarf,silk,395,2")
    apply(brand, data, whole=True, now=NOW)
    again = apply(brand, data, whole=True, now=NOW)
    assert (again.counts["same"], Product.objects.count(), Variant.objects.count()) == (2, 1, 2)


def test_a_known_sku_is_changed_where_its_cells_say_so(brand):
    variant = make_stocked_variant(
        sku="A", on_hand=5, product=make_product(brand=brand, name="Scarf", subtitle="Silk", edition_size=9)
    )
    data = b"sku,subtitle,edition_size,price_EUR,stock\nA,-,-,130,"
    report = apply(brand, data, whole=True, now=NOW)
    assert [(c.column, c.before, c.after) for c in report.lines[0].changes] == [
        ("subtitle", "Silk", ""),
        ("edition_size", "9", ""),
        ("price_EUR", "125.00 EUR", "130.00 EUR"),
    ]
    variant.product.refresh_from_db()
    assert (variant.product.name, variant.product.subtitle, variant.product.edition_size) == (
        "Scarf",
        "",
        None,
    )
    assert (Price.objects.get().amount, Stock.objects.get().on_hand) == (13_000, 5)


def test_with_one_wrong_row_nothing_is_written_or_only_the_right_ones(brand):
    data = sheet("A-1,Scarf,silk,390,40", "B-1,Bag,leather,12.345,1")
    nothing = apply(brand, data, whole=True, now=NOW)
    assert (nothing.applied, Product.objects.count()) == (False, 0)
    some = apply(brand, data, whole=False, now=NOW)
    assert (some.applied, [p.name for p in Product.objects.all()]) == (True, ["Scarf"])


def test_a_row_refused_in_writing_takes_the_whole_sheet_back(brand, monkeypatch):
    """Somebody sold pieces between the check and the count."""
    from catalog.domain import importing
    from catalog.errors import StockPromised

    make_stocked_variant(sku="OLD", on_hand=5, product=make_product(brand=brand))

    def sold_meanwhile(*_args, **_kwargs):
        raise StockPromised

    monkeypatch.setattr(importing, "set_on_hand", sold_meanwhile)
    data = sheet("NEW,Scarf,silk,390,40", "OLD,,,,3")
    report = apply(brand, data, whole=True, now=NOW)
    assert (report.applied, told(report)[1][1], Variant.objects.count()) == (False, "wrong", 1)
    report = apply(brand, data, whole=False, now=NOW)
    assert (report.applied, Variant.objects.count()) == (True, 2)


def test_the_check_asks_as_much_of_the_database_for_many_rows_as_for_few(brand, django_assert_num_queries):
    product = make_product(brand=brand, name="Scarf")
    for number in range(12):
        make_stocked_variant(sku=f"A-{number}", product=product)
    few, many = (sheet(*(f"A-{n},Scarf,silk,130,20" for n in range(count))) for count in (2, 12))
    with django_assert_num_queries(3):
        check(brand, few)
    with django_assert_num_queries(3):
        assert check(brand, many).counts["changed"] == 12


def test_what_is_exported_is_brought_in_without_a_change(brand):
    odd = make_product(
        brand=brand, name='=Scarf, "Night"', story="One;\n-two", subtitle="'tis", available_until=NOW
    )
    make_stocked_variant(sku="A", product=odd, options={"Size": "38", "Colour": "Night"})
    make_stocked_variant(sku="B", product=odd, currency="JPY", price=198_000)
    make_stocked_variant(sku="T", product=make_product())
    data = exporting.export(brand)
    assert data.startswith(b"\xef\xbb\xbfsku,slug,name")
    report = check(brand, data)
    assert [(line.entry.sku, line.state.value, line.changes) for line in report.lines] == [
        ("A", "same", []),
        ("B", "same", []),
    ]


def test_the_template_can_be_brought_in(brand):
    assert check(brand, exporting.template()).counts == {"new": 1, "changed": 0, "same": 0, "wrong": 0}
