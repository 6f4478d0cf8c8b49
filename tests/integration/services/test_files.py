"""Papers of a file: attached and taken out by whoever may save, each with its entry; what is no paper is refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import func, select

from nominations import models
from nominations.services.actions import Denied, Outcome, Request
from nominations.services.apply import Applied
from nominations.services.errors import InvalidInput, NotFound
from nominations.services.files import MAX_BYTES, Upload, attach, detach, open_paper, store
from nominations.services.log import Origin
from nominations.storage import FolderStorage
from tests.integration.services.soundness import entries, sound
from tests.world import SHA, World

PDF, PNG, JPEG = b"%PDF-1.7 ", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


class Desk:
    """Somebody with papers in hand."""

    def __init__(self, world: World, storage: FolderStorage) -> None:
        self.world, self.storage = world, storage

    def attach(
        self, code: str, content: bytes, *, who: str = "nominator.xa", kind: str = "other", name: str = "giấy.pdf",
        seen: int | None = None, key: str | None = None,
    ) -> Outcome:  # fmt: skip
        """Put a paper into the file."""
        actor = self.world.actor(who)
        asked = Request(code, "submit", seen or self.world.version(code), {}, Origin(actor=actor.ref, request_key=key))
        upload = Upload(kind, name, content)
        return attach(self.world.session, actor, self.world.clock, self.storage, asked, upload)

    def detach(self, code: str, sha: str, *, who: str = "nominator.xa", kind: str = "other", key: str = "") -> Outcome:
        """Take it out again."""
        actor = self.world.actor(who)
        asked = Request(code, "submit", self.world.version(code), {}, Origin(actor=actor.ref, request_key=key or None))
        return detach(self.world.session, actor, self.world.clock, asked, sha, kind)

    def papers(self, code: str) -> list[tuple[str, str]]:
        """Kind and name of what lies in the file besides its required papers."""
        rows = self.world.session.execute(
            select(models.NominationFile.kind, models.NominationFile.name)
            .join(models.Nomination, models.Nomination.id == models.NominationFile.nomination_id)
            .where(
                models.Nomination.code == code,
                models.NominationFile.removed_at.is_(None),
                models.NominationFile.sha256 != SHA,
            )
            .order_by(models.NominationFile.id)
        ).all()
        self.world.session.rollback()
        return [(row.kind, row.name) for row in rows]


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    """A desk with its own store."""
    return Desk(world, FolderStorage(tmp_path))


@pytest.fixture(scope="module")
def named(province: World) -> str:
    """One draft for all the names."""
    return province.draft()


def test_a_paper_comes_and_goes_each_time_with_its_entry(world: World, desk: Desk) -> None:
    code = world.draft()
    before = world.version(code)
    come = desk.attach(code, PDF + b"1", name="C:\\hồ sơ\\đơn\x07 .PDF")
    assert isinstance(come, Applied)
    assert desk.papers(code) == [("other", "đơn.pdf")]
    assert isinstance(desk.detach(code, _sha(world, code)), Applied)
    assert desk.papers(code) == []
    acts = world.session.scalars(
        select(models.AuditEntry.act).where(models.AuditEntry.stream == code).order_by(models.AuditEntry.cseq)
    ).all()
    world.session.rollback()
    assert acts[-2:] == ["attach", "detach"], "whatever the request calls itself"
    assert world.version(code) == before + 2
    sound(world.session, code)


def test_the_bytes_come_back(world: World, desk: Desk) -> None:
    code, content = world.draft(), PDF + b"back"
    desk.attach(code, content)
    found = world.session.execute(
        select(models.Nomination.id, models.NominationFile.sha256)
        .join(models.NominationFile)
        .where(models.Nomination.code == code, models.NominationFile.sha256 != SHA)
    ).one()
    name, kind, stream = open_paper(world.session, desk.storage, found.id, found.sha256)
    with stream:
        assert (name, kind, stream.read()) == ("giấy.pdf", "application/pdf", content)
    other = world.draft()
    nomination = world.session.scalar(select(models.Nomination.id).where(models.Nomination.code == other)) or 0
    with pytest.raises(NotFound):
        open_paper(world.session, desk.storage, nomination, found.sha256)
    world.session.rollback()


def test_the_same_request_attaches_once(world: World, desk: Desk) -> None:
    code = world.draft()
    first, second = (desk.attach(code, PDF + b"same", key="k-attach", seen=world.version(code)) for _ in range(2))
    assert isinstance(first, Applied)
    assert isinstance(second, Applied)
    assert first.receipt == second.receipt
    assert len(desk.papers(code)) == 1
    with pytest.raises(InvalidInput) as reused:
        desk.attach(code, PDF + b"another", key="k-attach")
    assert reused.value.errors["Idempotency-Key"].key == "key_reused"
    sha = _sha(world, code)
    gone, again = (desk.detach(code, sha, key="k-detach") for _ in range(2))
    assert isinstance(gone, Applied)
    assert isinstance(again, Applied)
    assert gone.receipt == again.receipt
    assert desk.papers(code) == []
    sound(world.session, code)


def _sha(world: World, code: str) -> str:
    found = world.session.scalar(
        select(models.NominationFile.sha256)
        .join(models.Nomination, models.Nomination.id == models.NominationFile.nomination_id)
        .where(models.Nomination.code == code, models.NominationFile.sha256 != SHA)
    )
    world.session.rollback()
    assert found is not None
    return found


def test_a_paper_lies_once_under_its_kind(world: World, desk: Desk) -> None:
    code = world.draft()
    desk.attach(code, PDF + b"once")
    before = entries(world.session)
    with pytest.raises(InvalidInput) as refused:
        desk.attach(code, PDF + b"once", name="tên khác.pdf")
    assert refused.value.errors["file"].key == "file_there"
    assert entries(world.session) == before
    assert isinstance(desk.attach(code, PDF + b"once", kind="report"), Applied)


@pytest.mark.parametrize("kind", ["", "bìa", "report\x00", "\ud800", "x" * 5000])
def test_a_kind_of_paper_that_no_flow_has(world: World, desk: Desk, kind: str) -> None:
    code = world.draft()
    with pytest.raises(InvalidInput) as refused:
        desk.attach(code, PDF + b"kind", kind=kind)
    assert refused.value.errors["kind"].key == "unknown_paper"
    with pytest.raises(NotFound):
        desk.detach(code, SHA, kind=kind)


@pytest.mark.parametrize("sha", ["", "0" * 64, "\x00", "\ud800", "' OR 1=1"])
def test_what_is_not_there_cannot_be_taken_out(world: World, desk: Desk, sha: str) -> None:
    code = world.draft()
    with pytest.raises(NotFound):
        desk.detach(code, sha)


def zipped(*names: str) -> bytes:
    """An archive with these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "file_empty"),
        (b"\x00" * 100, "file_type"),
        (b"MZ\x90\x00", "file_type"),
        (b"<html><script>alert(1)</script>", "file_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "file_type"),
        (b"GIF89a", "file_type"),
        (b" %PDF-1.4", "file_type"),
        (b"PK\x03\x04 no archive at all", "file_type"),
        (zipped("readme.txt"), "file_type"),
        (zipped("word/document.xml", "word/vbaProject.bin"), "file_type"),
        (PDF + b"\x00" * MAX_BYTES, "file_too_large"),
    ],
    ids=["empty", "zeros", "exe", "html", "svg", "gif", "blank", "no-zip", "zip", "macros", "large"],
)
def test_what_is_no_paper(world: World, desk: Desk, content: bytes, message: str) -> None:
    code, before = world.draft(), entries(world.session)
    with pytest.raises(InvalidInput) as refused:
        desk.attach(code, content)
    assert refused.value.errors["file"].key == message
    with pytest.raises(InvalidInput):
        store(world.session, world.clock, desk.storage, content)
    assert entries(world.session) == before


@pytest.mark.parametrize("content", [PDF, PNG, JPEG, zipped("word/document.xml"), zipped("xl/workbook.xml")])
@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", "\u202egnp.exe", "\ud800", "con\x00.pdf", "x" * 4000])
def test_whatever_a_paper_is_called(named: str, desk: Desk, content: bytes, name: str) -> None:
    outcome = desk.attach(named, content + name.encode(errors="replace"), name=name)
    assert isinstance(outcome, Applied)
    shown = desk.papers(named)[-1][1]
    assert shown.isprintable()
    assert "/" not in shown
    assert 5 <= len(shown) <= 190
    assert shown.rpartition(".")[2] in {"pdf", "png", "jpg", "docx", "xlsx"}


def test_who_may_not_save_may_not_attach(world: World, desk: Desk) -> None:
    """A refusal leaves nothing behind, not even the note that somebody had such bytes."""
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    kept = _kept(world)
    for who, guard in (("nominator.xa", "not_in_this_state"), ("appraiser.xa", "not_in_this_state")):
        outcome = desk.attach(code, PDF + b"too late", who=who)
        assert isinstance(outcome, Denied)
        assert outcome.refused.guard == guard
    with pytest.raises(NotFound):
        desk.attach(code, PDF + b"stranger", who="nominator.xa2")
    assert _kept(world) == kept
    stale = desk.attach(world.draft(), PDF + b"stale", seen=1)
    assert isinstance(stale, Denied)
    assert stale.refused.guard == "stale_version"


def _kept(world: World) -> int:
    found = world.session.scalar(select(func.count()).select_from(models.File))
    world.session.rollback()
    return found or 0


def test_papers_of_a_returned_file_where_they_reopen(world: World, desk: Desk) -> None:
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    fault = {"code": "missing_paper", "note": "Thiếu.", "section": "report"}
    world.do("appraiser.xa", code, "return", sections=["report"], faults=[fault])
    with pytest.raises(InvalidInput) as refused:
        desk.attach(code, PDF + b"closed")
    assert refused.value.errors["papers"].key == "closed_section"
    world.do("nominator.xa", code, "resubmit")
    world.do("head.xa", code, "return", sections=["papers"], faults=[fault | {"section": "papers"}])
    assert isinstance(desk.attach(code, PDF + b"open"), Applied)
    world.do("nominator.xa", code, "resubmit")
    sound(world.session, code)
