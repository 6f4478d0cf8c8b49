"""The routes of papers over files: lists that are signed and numbered as one, decisions, the register of awards."""

from __future__ import annotations

from nominations.api import schemas
from nominations.api.answer_shapes import BULK_LINE, TEXT, TRUTH, Schema, page, thing
from nominations.api.calls import papers_issued, submissions
from nominations.api.routing import Route
from nominations.queries.bundles import BundleLineRow, BundleRow
from nominations.queries.decisions import IssuedPaper
from nominations.queries.register import PublicAward

SUBMISSION: Schema = {"allOf": [BundleRow, thing(progress=TEXT, href=TEXT)]}
LINE: Schema = {"allOf": [BundleLineRow, thing(href=TEXT)]}
WHOLE: Schema = {"allOf": [SUBMISSION, thing(items={"type": "array", "items": LINE})]}
DONE = thing(done=TRUTH, submission=SUBMISSION, items={"type": "array", "items": BULK_LINE})
ONE = "/submissions/{ref}"

PAPERS: tuple[Route, ...] = (
    Route(
        "GET", "/submissions", submissions.submissions, "submissions",
        "Papers over many files: your units', and those that came up to you.", query=schemas.PAGING,
        answer=page(SUBMISSION),
    ),
    Route(
        "POST", "/submissions", submissions.submission_composed, "submissions",
        "Begin a paper over files that wait for one signature at your unit.", scope="act", body=schemas.SUBMISSION,
        status=201, answer=WHOLE,
    ),
    Route("GET", ONE, submissions.submission_shown, "submissions", "One paper with its lines.", answer=WHOLE),
    Route(
        "POST", f"{ONE}/lines", submissions.submission_recomposed, "submissions",
        "Put other lines in a paper that is not signed yet.", scope="act", body=schemas.LINEUP, answer=WHOLE,
    ),
    Route(
        "POST", f"{ONE}/drop", submissions.submission_dropped, "submissions",
        "Give up a paper that is not signed yet; its files stay where they are.", scope="act", body=schemas.SEEN,
        answer=SUBMISSION,
    ),
    Route(
        "POST", f"{ONE}/sign", submissions.submission_signed, "submissions",
        "Sign the list: each line that passes its guards goes on, the others are taken off and told.",
        scope="act", body=schemas.SIGNED_LINES, answer=DONE, keyed=True,
    ),
    Route(
        "POST", f"{ONE}/signature", submissions.submission_recorded, "submissions",
        "Record that the list was signed outside, with what the signed paper counts of each kind.", scope="act",
        body=schemas.RECORDED_LINES, answer=DONE, keyed=True,
    ),
    Route(
        "POST", f"{ONE}/number", submissions.submission_numbered, "submissions",
        "The clerk's number and day, once for the whole list.", scope="act", body=schemas.NUMBERED_LINES, answer=DONE,
        keyed=True,
    ),
    Route(
        "GET", "/decisions", papers_issued.decisions, "decisions",
        "Numbered papers over the files you read, newest first; a paper over many files once.", query=schemas.PAGING,
        answer=page(IssuedPaper),
    ),
    Route(
        "GET", "/awards", papers_issued.awards, "decisions",
        "The register of awards as the public reads it, newest first.", query=schemas.AWARDS, answer=page(PublicAward),
    ),
)  # fmt: skip
