"""Papers by the API: sent, listed, fetched, named by an act; whatever is no paper is refused with a sentence."""

import io
import zipfile
from typing import Any

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from tests.integration.api.client import ApiWorld, Caller

PDF = b"%PDF-1.7 a report"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20


@pytest.fixture
def code(world: ApiWorld) -> str:
    """A draft without papers of its own yet."""
    world.numbers += 1
    body = {
        "round": "tong-ket", "form": "BK-TINH", "proposing_unit": world.units["21613"], "subject_kind": "household",
        "subject_group": "1.5", "name": f"Hộ bà Võ Thị {world.numbers}",
    }  # fmt: skip
    return str(world.caller("nominator.xa").post("/nominations", body).get_json()["code"])


def kind_of(world: ApiWorld, code: str) -> str:
    """A kind of paper this file may carry."""
    told = send(world.caller("nominator.xa"), code, PDF, kind="none", version=1).get_json()
    return str(told["errors"][0]["message"].partition(": ")[2].partition(",")[0])


def send(
    caller: Caller, code: str, content: bytes, name: str = "bao-cao.pdf", version: Any = None, **fields: str
) -> TestResponse:
    """Send a file as a form; encoded here, for the test client leaves the temporary file of a large one open."""
    boundary, data = encode_multipart({"file": FileStorage(io.BytesIO(content), name), **fields})
    kind = {"Content-Type": f'multipart/form-data; boundary="{boundary}"'}
    return caller.send("POST", f"/nominations/{code}/files", data=data, version=version, headers=kind)


def test_a_paper_is_attached_listed_and_fetched(world: ApiWorld, code: str) -> None:
    caller, kind = world.caller("nominator.xa"), kind_of(world, code)
    assert send(caller, code, PDF, kind=kind).status_code == 428
    done = send(caller, code, PDF, "../../Báo cáo\x00.exe", version=1, kind=kind)
    assert done.status_code == 201, done.text
    assert done.get_json()["version"] == 2
    paper = caller.get(f"/nominations/{code}/files").get_json()["items"][0]
    assert paper["kind"] == kind
    assert paper["name"] == "Báo cáo.pdf"
    assert paper["size"] == len(PDF)
    fetched = caller.get(paper["href"].removeprefix("/api/v1"))
    assert fetched.data == PDF
    assert fetched.mimetype == "application/pdf"
    assert fetched.headers["Content-Disposition"].startswith("attachment")
    assert fetched.headers["X-Content-Type-Options"] == "nosniff"
    assert send(caller, code, PNG, version=1, kind=kind).status_code == 412


def test_what_is_no_paper_is_refused_in_words(world: ApiWorld, code: str) -> None:
    caller, kind = world.caller("nominator.xa"), kind_of(world, code)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("a.txt", "a")
    for content in (b"", b"<html>", b"MZ\x90", b"#!/bin/sh", archive.getvalue(), b"GIF89a", PDF[1:]):
        answer = send(caller, code, content, version=1, kind=kind)
        assert answer.status_code == 422, content
        assert answer.get_json()["errors"][0]["field"] == "file"
    for fields in ({}, {"kind": kind, "more": "1"}):
        answer = caller.send(
            "POST", f"/nominations/{code}/files", data={"x": (io.BytesIO(b""), "x")} | fields, version=1
        )
        assert answer.status_code == 422
    large = send(caller, code, PDF + b"x" * (21 << 20), version=1, kind=kind)
    assert large.status_code == 422
    assert "20" in large.get_json()["errors"][0]["message"]
    assert send(caller, code, b"x" * (33 << 20), version=1, kind=kind).status_code == 413


def test_a_file_kept_for_an_act_is_fetched_by_who_may_read_the_act(world: ApiWorld) -> None:
    code = world.draft()
    world.do("nominator.xa", code, "submit")
    world.do("appraiser.xa", code, "accept", arrival_number="7")
    world.do("appraiser.xa", code, "recommend", advice="for", reasons="Đủ.")
    world.vote(code, "xa", 5)
    world.do("secretary.xa", code, "close_ballot")
    clerk = world.caller("clerk.xa")
    kept = send(clerk, code, PDF + b" signed")
    assert kept.status_code == 201
    digest = kept.get_json()["sha256"]
    assert clerk.get(f"/nominations/{code}/files/{digest}").status_code == 404  # nothing names it yet
    world.do("clerk.xa", code, "record_signature", outcome="send_up", signer="head.xa",
             signed_on=world.clock.today(), signed_file=digest)  # fmt: skip
    assert clerk.get(f"/nominations/{code}/files/{digest}").data == PDF + b" signed"
    assert world.caller("head.snv").get(f"/nominations/{code}/files/{digest}").status_code == 404


def test_nobody_else_attaches_or_fetches(world: ApiWorld, code: str) -> None:
    kind = kind_of(world, code)
    send(world.caller("nominator.xa"), code, PDF, version=1, kind=kind)
    digest = world.caller("nominator.xa").get(f"/nominations/{code}/files").get_json()["items"][0]["sha256"]
    for username, status in (("appraiser.xa", 409), ("nominator.xa2", 404), ("head.snv", 404)):
        assert send(world.caller(username), code, PDF, version=2, kind=kind).status_code == status
    assert world.caller("nominator.xa2").get(f"/nominations/{code}/files/{digest}").status_code == 404
    assert world.caller("nominator.xa").get(f"/nominations/{code}/files/{'0' * 64}").status_code == 404
    assert world.caller("nominator.xa").get(f"/nominations/{code}/files/..%2f..%2fetc").status_code == 404
