"""The commands for nominations: a list looked through and made drafts of, files written out; exit codes 0, 1, 2."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from nominations.clock import FixedClock
from tests.databases import CommandRunner
from tests.integration.services.test_draft_lists import HEADS, line, nomination
from tests.unit.test_sheets import book
from tests.world import World


@pytest.fixture
def clock(world: World) -> FixedClock:
    """The commands go by the province's clock."""
    return world.clock


def run(runner: CommandRunner, *arguments: str, expect: int = 0) -> str:
    result = runner.invoke(args=list(arguments))
    assert result.exit_code == expect, result.output
    return result.output


def listed(folder: Path, *lines: tuple[str, ...]) -> str:
    path = folder / "danh sách.xlsx"
    path.write_bytes(book(HEADS, *lines))
    return str(path)


def brought(file: str, *more: str) -> tuple[str, ...]:
    wanted = ("--by", "nominator.xa", "--unit", "21613", "--round", "tong-ket", "--form", "BK-TINH")
    return ("nominations", "import", file, *wanted, *more)


def test_a_list_is_looked_through_then_made_drafts_of(runner: CommandRunner, world: World, tmp_path: Path) -> None:
    file = listed(tmp_path, line("Bùi Văn Lệnh"), line("Bùi Thị Lệnh", group="9.9"))
    seen = run(runner, *brought(file))
    assert "row 3, group: " in seen
    assert seen.endswith("2 rows, 1 sound. Nothing was changed; --confirm makes the drafts.\n")
    mine = ("nominations", "export", str(tmp_path / "của tôi.csv"), "--by", "nominator.xa", "--state", "draft")
    before = run(runner, *mine)
    made = run(runner, *brought(file, "--confirm"), expect=1)
    assert "1 drafts made, 0 rows left out, 0 wait for a word, 1 at fault." in made
    assert "is not done; mend it on its page" in made
    after = run(runner, *mine)
    assert int(after.split()[0]) == int(before.split()[0]) + 1
    with (tmp_path / "của tôi.csv").open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    [row] = [row for row in rows if row["nominee"] == "Bùi Văn Lệnh"]
    assert (row["kind"], row["form"], row["round"], row["state"]) == ("household", "BK-TINH", "tong-ket", "draft")
    assert nomination(world, row["code"]).nominee_name == "Bùi Văn Lệnh"


def test_what_cannot_be_is_refused_in_a_sentence(runner: CommandRunner, tmp_path: Path) -> None:
    file = listed(tmp_path, line("Cao Văn Không"))
    run(runner, "nominations", "import", file, expect=2)
    assert "There is no account nobody." in run(
        runner, "nominations", "export", str(tmp_path / "x.csv"), "--by", "nobody", expect=1
    )
    elsewhere = tuple("21610" if one == "21613" else one for one in brought(file))
    assert "Error: proposing_unit: You do not file for this unit." in run(runner, *elsewhere, expect=1)
    (tmp_path / "rỗng.xlsx").write_bytes(b"")
    assert "Error: file" in run(runner, *brought(str(tmp_path / "rỗng.xlsx")), expect=1)


def test_nobody_reads_more_than_on_their_pages(runner: CommandRunner, world: World, tmp_path: Path) -> None:
    code = world.draft(by="nominator.xa2", kind="individual", name="Người Xã Khác")
    out = tmp_path / "x.csv"
    run(runner, "nominations", "export", str(out), "--by", "nominator.xa")
    assert code not in out.read_text(encoding="utf-8-sig")
    run(runner, "nominations", "export", str(out), "--by", "nominator.xa2")
    assert code in out.read_text(encoding="utf-8-sig")
