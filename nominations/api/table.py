"""The table of routes: every call of the API once, from which its addresses, its checks and its document are made."""

from __future__ import annotations

from nominations.api import schemas
from nominations.api.answer_shapes import BULK_LINE, COUNT, DOCX, FREE, RECEIPT, TEXT, TRUTH, Schema, items, page, thing
from nominations.api.calls import (
    acting,
    bulk,
    documents,
    files,
    lists,
    me,
    meetings,
    nominees,
    opinions,
    papers,
    persons,
    reading,
    reference,
    reports,
    tools,
)
from nominations.api.calls.shown import Reading
from nominations.api.paper_routes import PAPERS
from nominations.api.routing import MULTIPART, Route
from nominations.queries.agenda import AgendaLine
from nominations.queries.asked import AskedLine, SentPaper
from nominations.queries.detail_parts import Paper
from nominations.queries.history import EntryLine
from nominations.queries.lines import Line
from nominations.queries.meetings import Meet, Member
from nominations.queries.nominee_people import FoundPerson, NamedPerson
from nominations.queries.nominees import AwardBefore, Mark, NomineeLine
from nominations.queries.quotas import QuotaLine
from nominations.queries.reference import CriterionLine, FormLine, MovementLine, RoundLine
from nominations.queries.reports import Due, ReportLine
from nominations.queries.revisions import FieldChange, RevisionLine
from nominations.queries.together import DoneLine
from nominations.queries.units import UnitLine

FILE_LINE: Schema = {"allOf": [Line, thing(state_label=TEXT, href=TEXT)]}
DONE = thing(code=TEXT, state=TEXT, state_label=TEXT, version=COUNT, receipt=RECEIPT, href=TEXT)
MADE = thing(code=TEXT, version=COUNT, receipt=RECEIPT, href=TEXT)
ACTION = thing(
    action=TEXT, label=TEXT, allowed=TRUTH, here=TRUTH, needs={"type": "array", "items": TEXT},
    warnings={"type": "array", "items": TEXT}, guard=TEXT, sentence=TEXT, clears=TEXT,
)  # fmt: skip
WHOLE: Schema = {"allOf": [FILE_LINE, Reading]}
DOCUMENT = thing(kind=TEXT, stage=TEXT, pdf=TEXT, docx=TEXT)
PAPER: Schema = {"allOf": [Paper, thing(href=TEXT)]}
ASKED: Schema = {"allOf": [AskedLine, thing(href=TEXT)]}
QUESTION = thing(
    question=TEXT, sections={"type": "array", "items": TEXT}, content=FREE,
    papers={"type": "array", "items": {"allOf": [SentPaper, thing(href=TEXT)]}},
    advice={"type": ["string", "null"]}, reasons={"type": ["string", "null"]},
)  # fmt: skip
COMPUTED = thing(criterion=TEXT, result=TEXT, working={"type": "array", "items": FREE}, settings=FREE)
NAMED_DAY = thing(on=TEXT | {"format": "date"}, why=TEXT)
BONUS: Schema = {
    "anyOf": [
        thing(amount_vnd=COUNT, coefficient=TEXT, base_salary_vnd=COUNT, multiplier=TEXT, basis=TEXT),
        thing(manual=TRUTH, why=TEXT),
    ]
}
DUE = thing(
    due_on=TEXT | {"format": "date"},
    skipped={"type": "array", "items": NAMED_DAY},
    extra={"type": "array", "items": NAMED_DAY},
    unknown_years={"type": "array", "items": COUNT},
)
JUDGED = thing(
    criterion=TEXT,
    kind=TEXT,
    required=TEXT,
    state=TEXT,
    text=TEXT,
    source=TEXT,
    assessment=FREE | {"type": ["object", "null"]},
)

MEETING: Schema = {"allOf": [Meet, thing(href=TEXT)]}
MEETING_LINE: Schema = {"allOf": [AgendaLine, thing(href=TEXT)]}
BALLOT = thing(code=TEXT, version=COUNT, allowed=TRUTH, guard=TEXT, sentence=TEXT, clears=TEXT)
REFUSED_LINE = thing(code=TEXT, guard=TEXT, sentence=TEXT, clears=TEXT)

TOOLS: tuple[Route, ...] = (
    Route(
        "GET", "/tools/bonus", tools.tool_bonus, "tools",
        "The bonus beside an award decided on a day, or which figure the tables do not have; no token needed.",
        scope=None, query=schemas.BONUS, needed=tuple(schemas.BONUS), answer=BONUS,
    ),
    Route(
        "GET", "/tools/deadline", tools.tool_deadline, "tools",
        "When a number of working days ends, with every day skipped or worked in exchange; no token needed.",
        scope=None, query=schemas.DEADLINE, needed=tuple(schemas.DEADLINE), answer=DUE,
    ),
    Route(
        "POST", "/tools/eligibility", tools.tool_eligibility, "tools",
        "Compute a quantitative criterion from yearly figures; no token needed.", scope=None,
        body=schemas.ELIGIBILITY, answer=COMPUTED,
    ),
)  # fmt: skip
"""Calculators: under /api/v1 as every call, and at the top of the service for whoever has the short address."""

ROUTES: tuple[Route, ...] = (
    Route("GET", "/me", me.me, "me", "Who the token belongs to, with posts and seats held today.", answer=FREE),
    Route("GET", "/movements", reference.movements, "reference", "Movements.", answer=items(MovementLine)),
    Route(
        "GET", "/rounds", reference.rounds, "reference", "Rounds, or those that take files today.",
        query={"open": schemas.FLAG}, answer=items({"allOf": [RoundLine, thing(open=TRUTH)]}),
    ),
    Route(
        "GET", "/quotas", reference.quotas, "reference", "Quotas of a round, or of all: places and how many are taken.",
        query={"round": schemas.NAME}, answer=items(QuotaLine),
    ),
    Route("GET", "/forms", reference.forms, "reference", "Award forms with their flows.", answer=items(FormLine)),
    Route(
        "GET", "/units", reference.units, "reference", "Units, with the days they exist.",
        query={**schemas.UNIT_FILTERS, **schemas.PAGING}, answer=page(UnitLine),
    ),
    Route(
        "GET", "/criteria", reference.criteria, "reference", "Criteria of a movement, by default the newest.",
        query={"movement": schemas.NAME, "group": schemas.NAME}, answer=items(CriterionLine, movement=TEXT),
    ),
    Route(
        "GET", "/nominations", lists.nominations, "nominations", "Your files, newest first.",
        query={**schemas.FILTERS, **schemas.COUNTED}, answer=page(FILE_LINE),
    ),
    Route(
        "POST", "/nominations/search", lists.search_nominations, "nominations",
        "The same by a body, where an identity number may stand.", body=schemas.SEARCH, answer=page(FILE_LINE),
    ),
    Route(
        "POST", "/nominations", files.create_nomination, "nominations", "Open a draft.", scope="act",
        body=schemas.CREATE, status=201, answer=MADE, keyed=True,
    ),
    Route("GET", "/nominations/{code}", files.nomination, "nominations", "One file, as far as you may read it.",
          answer=WHOLE),
    Route(
        "PATCH", "/nominations/{code}", files.change_nomination, "nominations",
        "Replace sections of the content (the action save).", scope="act", body=schemas.PATCH, answer=DONE,
        if_match=True, keyed=True,
    ),
    Route(
        "GET", "/nominations/{code}/actions", acting.actions, "actions",
        "Every action, allowed or not, with guard, sentence and who can clear it.",
        answer=items(ACTION, code=TEXT, version=COUNT),
    ),
    Route(
        "POST", "/nominations/{code}/actions/{action}", acting.perform, "actions", "Do an action.", scope="act",
        body=schemas.ANY_OBJECT, answer=DONE, if_match=True, keyed=True,
    ),
    Route(
        "POST", "/bulk", bulk.bulk, "actions",
        "Do an action on many files, or preview it: every line with its answer.", scope="act", body=schemas.BULK,
        answer=items(BULK_LINE, id=TEXT, done=COUNT, refused=COUNT), keyed=True,
    ),
    Route(
        "GET", "/bulk/{key}", bulk.bulk_done, "actions", "What you did under a bulk's Idempotency-Key.",
        answer=items({"allOf": [DoneLine, thing(href=TEXT)]}, id=TEXT),
    ),
    Route(
        "GET", "/nominations/{code}/eligibility", reading.eligibility, "reading",
        "How the file stands against its criteria today.", answer=items(JUDGED, code=TEXT, group=TEXT, complete=TRUTH),
    ),
    Route(
        "GET", "/nominations/{code}/history", reading.history, "reading", "Every entry, with the chain verified.",
        answer=items({"allOf": [EntryLine, thing(label=TEXT)]}, code=TEXT, chain=FREE),
    ),
    Route(
        "GET", "/nominations/{code}/revisions", reading.revisions, "reading", "Sealed revisions.",
        answer=items(RevisionLine, code=TEXT),
    ),
    Route(
        "GET", "/nominations/{code}/revisions/{number}/diff", reading.revision_diff, "reading",
        "What a revision changed against the one before.",
        answer=thing(code=TEXT, number=COUNT, previous=COUNT, changes={"type": "array", "items": FieldChange}),
    ),
    Route(
        "GET", "/people", persons.people, "persons",
        "Accounts by a part of the name, for those who file or take files in.", query={"q": schemas.NAME},
        answer=items(FoundPerson),
    ),
    Route(
        "GET", "/nominations/{code}/persons", persons.persons, "persons",
        "Accounts named as the nominee's: the ground of conflicts.", answer=items(NamedPerson, code=TEXT),
    ),
    Route(
        "POST", "/nominations/{code}/persons", persons.name, "persons",
        "Name an account as the nominee's own, a member's or a representative's.", scope="act",
        body=schemas.NAMING, answer=DONE, if_match=True, keyed=True,
    ),
    Route(
        "POST", "/nominations/{code}/persons/strike", persons.strike, "persons",
        "Take back an account named by mistake, with the reason.", scope="act", body=schemas.STRIKING, answer=DONE,
        if_match=True, keyed=True,
    ),
    Route(
        "GET", "/nominees", nominees.nominees, "nominees",
        "Nominees of your units, or whose files have reached them, by a part of the name.",
        query={"q": schemas.NAME}, answer=items(NomineeLine),
    ),
    Route(
        "GET", "/nominees/{ref}", nominees.nominee, "nominees",
        "What stands against a nominee of your units, and what they were awarded.",
        answer={"allOf": [NomineeLine, thing(marks={"type": "array", "items": Mark},
                                             awards={"type": "array", "items": AwardBefore})]},
    ),
    Route(
        "POST", "/nominees/{ref}/marks", nominees.add_mark, "nominees",
        "Record a complaint or discipline with its document.", scope="act", body=schemas.MARK, status=201,
        answer=thing(receipt=RECEIPT), keyed=True,
    ),
    Route(
        "POST", "/nominees/{ref}/marks/{number}/close", nominees.end_mark, "nominees",
        "Close a mark, with the conclusion.", scope="act", body=schemas.CLOSING, answer=thing(receipt=RECEIPT),
        keyed=True,
    ),
    Route(
        "GET", "/opinions", opinions.opinions, "opinions",
        "Questions addressed to your body: those that wait for a reply, or with over=true those that are over.",
        query={"over": schemas.FLAG}, answer=items(ASKED),
    ),
    Route(
        "GET", "/opinions/{code}/{number}", opinions.opinion, "opinions",
        "One question with the sections and papers sent along; nothing else of the file is there for you.",
        answer={"allOf": [ASKED, QUESTION]},
    ),
    Route(
        "POST", "/opinions/{code}/{number}/reply", opinions.reply, "opinions", "Answer a question.", scope="act",
        body=schemas.REPLYING, answer=DONE, keyed=True, judged=True,
    ),
    Route(
        "GET", "/opinions/{code}/{number}/files/{sha256}", opinions.sent_paper, "opinions",
        "The bytes of one paper sent along.", answer={"type": "string", "format": "binary"},
        answer_media="application/octet-stream",
    ),
    Route("GET", "/nominations/{code}/files", papers.papers, "files", "Papers of the file.", answer=items(PAPER)),
    Route(
        "POST", "/nominations/{code}/files", papers.upload, "files",
        "Attach a paper (needs If-Match), or keep a file for an action to name.", scope="act", body=schemas.UPLOAD,
        media=MULTIPART, status=201, answer={"anyOf": [DONE, thing(sha256=TEXT)]},
    ),
    Route(
        "GET", "/nominations/{code}/files/{sha256}", papers.paper, "files", "The bytes of one paper.",
        answer={"type": "string", "format": "binary"}, answer_media="application/octet-stream",
    ),
    Route(
        "GET", "/nominations/{code}/documents", documents.file_documents, "files",
        "Papers that can be made of the file for you, each with its addresses.",
        answer=items(DOCUMENT, code=TEXT, package=TEXT),
    ),
    Route(
        "GET", "/nominations/{code}/documents/{kind}.pdf", documents.file_document_pdf, "files",
        "A paper of the file as PDF/A: as it was issued, or a draft of what is known now; package: all as one PDF.",
        answer={"type": "string", "format": "binary"}, answer_media="application/pdf",
    ),
    Route(
        "GET", "/nominations/{code}/documents/{kind}.docx", documents.file_document_docx, "files",
        "The same paper as DOCX.", answer={"type": "string", "format": "binary"}, answer_media=DOCX,
    ),
    *PAPERS,
    Route("GET", "/meetings", meetings.meetings, "meetings", "Meetings of your councils.", answer=items(MEETING)),
    Route(
        "POST", "/meetings", meetings.meeting_called, "meetings",
        "Call a meeting of a council whose records you keep, with files on its agenda.", scope="act",
        body=schemas.MEETING, status=201, answer=thing(ref=TEXT, receipt=RECEIPT, lines=COUNT, href=TEXT), keyed=True,
    ),
    Route(
        "GET", "/meetings/{ref}", meetings.meeting_shown, "meetings", "One meeting with its members and its agenda.",
        answer={"allOf": [MEETING, thing(members={"type": "array", "items": Member},
                                         agenda={"type": "array", "items": MEETING_LINE})]},
    ),
    Route(
        "GET", "/meetings/{ref}/ballots", meetings.meeting_ballots, "meetings",
        "Each line with whether you may vote on it, and why not.", answer=items(BALLOT, ref=TEXT),
    ),
    Route(
        "POST", "/meetings/{ref}/ballots", meetings.meeting_ballots_cast, "meetings",
        "Cast your ballots on several lines in one act; refused lines are told, the rest is cast.", scope="act",
        body=schemas.BALLOTS, keyed=True,
        answer=thing(cast=COUNT, receipt={"anyOf": [RECEIPT, {"type": "null"}]},
                     refused={"type": "array", "items": REFUSED_LINE}),
    ),
    Route(
        "GET", "/reports", reports.reports, "reports", "Reports on the movement: who owes which, and who has sent it.",
        answer=items({"allOf": [Due, thing(bodies={"type": "array", "items": ReportLine})]}),
    ),
    Route(
        "GET", "/reports/{kind}/{number}", reports.compiled, "reports",
        "The figures of the compiled report of a year (yearly, midterm, final), as they stand now.", answer=FREE,
    ),
    Route("GET", "/openapi.json", documents.openapi, "documents", "This document.", scope=None, answer=FREE),
    Route(
        "GET", "/docs", documents.docs, "documents", "The same to read.", scope=None, answer=TEXT,
        answer_media="text/html",
    ),
    *TOOLS,
)  # fmt: skip
