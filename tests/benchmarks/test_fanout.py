"""The benchmark's arithmetic and its page. Nothing is timed here."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from benchmarks.fanout import corpus, record, report, rig, workshop
from benchmarks.fanout.chart import Bar, draw
from benchmarks.fanout.contenders import CONTENDERS
from benchmarks.fanout.figures import Table, doubts, figures, ratio
from benchmarks.fanout.plan import full_plan, quick_plan
from benchmarks.fanout.targets import TARGETS, Target, judge

HISTOGRAM = {"count": 100, "p50_ms": 5.0, "p99_ms": 12.0, "max_ms": 20.0}
FANOUT = Path(__file__).resolve().parents[2] / "benchmarks" / "fanout"


def cell(contender: str = "seenow", *, server: float = 1.0, **over: Any) -> dict[str, Any]:
    """A cell as the load client reports it: 4 seconds, 200,000 deliveries."""
    found: dict[str, Any] = {
        "contender": contender,
        "viewers": 1000,
        "cell": "50",
        "kind": "crowd",
        "round": 1,
        "seconds": 4.0,
        "published": 200,
        "urgent_published": 0,
        "deliveries": 200_000,
        "expected": 200_000,
        "received": 200_000,
        "urgent_expected": 0,
        "urgent_received": 0,
        "sampled": 0,
        "gaps": 0,
        "frames": 40_000,
        "bytes": 10_000_000,
        "rate": 50,
        "flight": 0,
        **{name: dict(HISTOGRAM) for name in ("latency", "urgent", "committed", "late")},
        "cpu": {"server": server, "client": 0.4, "redis": 0.2, "stage": 0.4},
        "memory": {"server_kib": 90_000, "kib_per_viewer": 20.0},
        "stage": {"line_p50_ms": 1, "line_p99_ms": 2, "urgent_p50_ms": 3, "urgent_p99_ms": 4},
        "doubts": [],
    }
    return found | over


def test_processor_time_is_told_per_hundred_thousand_deliveries() -> None:
    found = figures([cell(server=1.0)])
    assert found is not None
    assert (found.cpu, found.redis, found.stage) == pytest.approx((0.5, 0.1, 0.2))
    assert (found.per_second, found.bytes, found.utilisation) == (50_000, 50, 0.25)


def test_the_median_of_the_rounds_counts_and_their_span_is_kept() -> None:
    found = figures([cell(server=seconds) for seconds in (9.0, 1.0, 2.0)])
    assert found is not None
    assert (found.cpu, found.spread, found.rounds) == (1.0, (0.5, 4.5), 3)


def test_a_doubtful_round_is_left_out_as_long_as_there_is_another() -> None:
    busy = cell(server=8.0, doubts=["client busy 90%"])
    kept, alone = figures([cell(server=1.0), busy]), figures([busy])
    assert kept is not None
    assert alone is not None
    assert (kept.cpu, kept.rounds, kept.doubtful) == (0.5, 1, 1)
    assert (alone.cpu, alone.rounds, alone.doubtful) == (4.0, 1, 1)


def test_nothing_measured_has_no_figures() -> None:
    assert figures([]) is None
    assert figures([cell(deliveries=0)]) is None


def test_what_was_sampled_out_on_purpose_is_not_missing() -> None:
    lost = figures([cell(received=199_990)])
    sampled = figures([cell(received=150_000, sampled=50_000)])
    urgent = figures([cell(urgent_expected=40, urgent_received=39)])
    assert [found and found.missing for found in (lost, sampled, urgent)] == [10, 0, 1]


def test_the_worst_round_tells_what_is_missing() -> None:
    found = figures([cell(), cell(received=199_000, gaps=3), cell()])
    assert found is not None
    assert (found.missing, found.gaps) == (1_000, 3)


@pytest.mark.parametrize(
    ("cpu", "late", "said"),
    [
        ({"client": 3.0, "server": 4.0}, 1.0, []),
        ({"client": 3.4, "server": 4.0}, 1.0, ["client busy 85%"]),
        ({"client": 2.0, "stage": 1.6, "redis": 0.4, "server": 1.0}, 1.0, ["client's core busy 100%"]),
        ({"client": 1.0, "server": 4.0}, 30.0, ["client late 30 ms"]),
    ],
)
def test_a_client_that_is_what_is_measured_is_doubted(
    cpu: dict[str, float], late: float, said: list[str]
) -> None:
    assert doubts(cell(cpu=cpu, late=HISTOGRAM | {"p99_ms": late})) == said


def test_a_ratio_needs_both_sides() -> None:
    assert (ratio(1.0, 4.0), ratio(None, 4.0), ratio(1.0, None), ratio(1.0, 0.0)) == (0.25, None, None, None)


def test_a_target_is_reached_missed_or_not_measured() -> None:
    def verdict(value: float | None, *, at_least: bool) -> bool | None:
        return judge(Target("", 10, "10", lambda _table: value, at_least=at_least), Table([])).is_reached

    assert [verdict(value, at_least=False) for value in (9, 10, 11, None)] == [True, True, False, None]
    assert [verdict(value, at_least=True) for value in (9, 10, 11, None)] == [False, True, True, None]


def test_a_share_is_shown_as_one_to_so_many() -> None:
    cells = [cell("seenow", server=0.01), cell("plain", cell="2", server=2.0)]
    against_plain = next(target for target in TARGETS if "with the tick at 50" in target.title)
    found = judge(against_plain, Table(cells))
    assert (found.is_reached, report.shown(found)) == (True, "1/200.0")


def test_a_missed_target_says_what_limits_it() -> None:
    cells = [cell("seenow", server=1.0), cell("plain", cell="2", server=2.0)]
    table = Table(cells)
    missed = [target for target in TARGETS if judge(target, table).is_reached is False]
    assert [target.title.split(" ")[0] for target in missed] == ["CPU", "Bytes"]
    assert all(target.limited_by in report.limits(table) for target in missed)


def test_the_page_has_one_place_for_every_block() -> None:
    run = record.begin(Path("unused"), plan="full rounds=3", now=record.now_utc())
    page = report.fill(report.PAGE.read_text(encoding="utf-8"), report.blocks(run))
    assert "not measured" in page
    with pytest.raises(ValueError, match="0 places for targets"):
        report.fill("", {"targets": ""})


def test_filling_the_page_twice_changes_nothing() -> None:
    page = "<!-- fanout:crowd -->\nold\n<!-- /fanout:crowd -->\n"
    once = report.fill(page, {"crowd": "| 1 |\n"})
    assert once == "<!-- fanout:crowd -->\n| 1 |\n<!-- /fanout:crowd -->\n"
    assert report.fill(once, {"crowd": "| 1 |\n"}) == once


def test_the_page_says_what_the_stored_run_says() -> None:
    run = record.newest()
    if run is None:
        pytest.skip("nothing was measured yet")
    page = report.PAGE.read_text(encoding="utf-8")
    assert report.fill(page, report.blocks(run)) == page


def test_the_chart_stands_in_order_of_cost_and_marks_ours() -> None:
    bars = [Bar("Dear", 40.0, 30.0, 50.0, is_ours=False), Bar("Ours & cheap", 0.3, 0.2, 0.4, is_ours=True)]
    svg = draw(bars, title="T", subtitle="S", unit="U")
    assert svg.index("Ours &amp; cheap") < svg.index("Dear")
    assert re.findall(r">([\d.]+)</text>", svg) == ["0.1", "1", "10", "100", "0.30", "40.0"]


def test_every_stop_of_the_plans_is_a_server_there_is() -> None:
    stops = [*full_plan(3), *quick_plan()]
    assert {stop.contender for stop in stops} == set(CONTENDERS)
    keys = [
        (stop.contender, stop.viewers, cell.name, stop.round, stop.kind)
        for stop in full_plan(3)
        for cell in stop.cells
    ]
    assert len(keys) == len(set(keys))


def test_a_finished_cell_is_stored_and_found_again(tmp_path: Path) -> None:
    run = record.begin(tmp_path, plan="full rounds=3", now=record.now_utc())
    run.add(cell())
    again = record.newest(tmp_path)
    assert again is not None
    assert again.cells == run.cells
    assert again.has(contender="seenow", round=1, kind="crowd")
    assert not again.has(contender="seenow", round=2, kind="crowd")


def test_only_the_unfinished_run_of_the_same_code_and_plan_goes_on(tmp_path: Path) -> None:
    now = record.now_utc()
    run = record.begin(tmp_path, plan="full rounds=3", now=now)
    later = now + record.RESUME_WITHIN
    assert record.can_go_on(run, plan="full rounds=3", now=now)
    assert not record.can_go_on(run, plan="full rounds=1", now=now)
    assert not record.can_go_on(run, plan="full rounds=3", now=later)
    run.about["complete"] = True
    assert not record.can_go_on(run, plan="full rounds=3", now=now)


def test_the_chat_is_the_same_for_everybody_and_hardly_repeats() -> None:
    lines = corpus.draw()
    assert lines == corpus.draw()
    assert all(str(line["text"]).count("~") == 2 and corpus.MARK in str(line["text"]) for line in lines)
    assert len({line["text"] for line in lines}) > 900
    assert len({line["lang"] for line in lines}) == 9


def test_every_server_gets_one_marker_a_line_and_no_line_feed() -> None:
    line = corpus.draw(1)[0]
    found = {name: contender.wrap(line) for name, contender in CONTENDERS.items()}
    assert {name for name, text in found.items() if "\n" in text} == set()
    assert {name for name, text in found.items() if text.count(corpus.MARK) != 1} == {"seenow-said"}


def test_the_lock_file_names_no_registry() -> None:
    assert "resolved" not in (FANOUT / "package-lock.json").read_text()


@pytest.mark.skipif(shutil.which("gcc") is None, reason="no C compiler")
def test_the_client_counts_what_the_floor_sends(tmp_path: Path) -> None:
    """Twenty viewers, real sockets: every line once, in order, its answer readable."""
    workshop.build(tmp_path)
    port = rig.free_port()
    core = rig.cores()[0]
    targets = tmp_path / "targets"
    targets.write_text("/\t-\t0\n" * 20)
    lines = corpus.write(tmp_path / "lines", corpus.draw(300), CONTENDERS["floor"].wrap)
    log = tmp_path / "log"
    floor = rig.running(
        [str(tmp_path / "floor"), str(port)], core=core, log=log, ready=lambda: rig.answers(port)
    )
    client = [str(tmp_path / "client"), "127.0.0.1", str(port), "raw", "plain", "viewer"]
    with floor, rig.running(client, core=core, log=log, talks=True) as viewers:
        answers = [
            json.loads(rig.ask(viewers, command, log=log))
            for command in (f"open {targets} 8", f"lines {lines}", "run 200 0 0.1 0.3 5")
        ]
    assert (answers[0]["open"], answers[1]["lines"]) == (20, 300)
    measured = answers[2]
    assert (measured["received"], measured["gaps"]) == (measured["expected"], 0)
    assert measured["expected"] == measured["published"] * 20


def test_a_missing_program_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(workshop.Missing, match="redis-server is missing: apt-get install redis-server"):
        workshop.check_programs()


def test_nothing_is_left_running_when_the_block_ends(tmp_path: Path) -> None:
    with rig.running(["sleep", "60"], core=rig.cores()[0], log=tmp_path / "log") as process:
        assert rig.family(process.pid) == [process.pid]
        assert rig.proportional_kib([process.pid]) > 0
    assert process.poll() is not None
    with pytest.raises(rig.NotStarted):
        rig.running(["false"], core=0, log=tmp_path / "log", ready=lambda: False).__enter__()
