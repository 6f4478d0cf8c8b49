"""Everything that happens has its words: on the button, in the history, in the letter, in both languages."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import force_locale

from nominations import create_app
from nominations.mail.letters import letter
from nominations.services.notices import AFTERWARDS, TOLD
from nominations.web.approvers.changes import act_words as words_of_the_timeline
from nominations.web.auditors.words import act_words as words_of_the_log
from tests.architecture.source import product
from tests.databases import settings_for
from workflows import ACTIONS, action_label

LANGUAGES = ("vi", "en")
# Acts in a file's history that no button does.
OF_A_FILE = {
    "create",
    "take_over",
    "attach",
    "detach",
    "name_person",
    "strike_person",
    "withheld",
    "reorganise",
    "migrate_flow",
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application for its catalogues; its database is never opened."""
    app = create_app(settings_for(f"sqlite:///{tmp_path_factory.mktemp('words')}/app.db"))
    yield app
    app.extensions["engine"].dispose()


def literals(node: ast.expr) -> list[str]:
    """Return the texts an expression may be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    return [*literals(node.body), *literals(node.orelse)] if isinstance(node, ast.IfExp) else []


def recorded() -> set[str]:
    """Return every verb that the services write into the log: `record(..., act, ...)`, or `act=` of an entry."""
    found: set[str] = set()
    for module in product():
        if not module.name.startswith("nominations.services"):
            continue
        for call in ast.walk(module.tree):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
                continue
            if call.func.id == "record" and len(call.args) > 3:
                found.update(literals(call.args[3]))
            found.update(*[literals(keyword.value) for keyword in call.keywords if keyword.arg == "act"])
    return found


def kinds_of_notices() -> set[str]:
    """Return the kinds of notice that acts and due days become."""
    written = ("nominations.services.notices", "nominations.services.reminders")
    of_reports = {"report_due", "report_late"}  # chosen by the day, in nominations/services/report_reminders.py
    return (
        {*AFTERWARDS.values(), *TOLD}
        | of_reports
        | {
            kind
            for module in product()
            if module.name in written
            for call in ast.walk(module.tree)
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Desk"
            for kind in literals(call.args[2])
        }
    )


def test_the_verbs_of_the_log_are_found() -> None:
    assert {"create", "login", "login_fail", "grant", "publish_flow", "ballot"} <= recorded()


@pytest.mark.parametrize("act", sorted(recorded() | set(ACTIONS) | OF_A_FILE))
def test_an_act_has_its_words_for_the_auditor(app: Flask, act: str) -> None:
    said = {}
    for lang in LANGUAGES:
        with app.test_request_context(), force_locale(lang):
            said[lang] = words_of_the_log(act)
    assert act not in said.values()
    assert all(said.values())
    assert said["vi"] != said["en"]


@pytest.mark.parametrize("act", sorted(set(ACTIONS) | OF_A_FILE))
def test_an_act_has_its_words_in_the_timeline(app: Flask, act: str) -> None:
    for lang in LANGUAGES:
        with app.test_request_context(), force_locale(lang):
            said = words_of_the_timeline(act)
        assert said
        assert said != act
        assert act not in ACTIONS or said == action_label(act, lang)


def test_a_notice_has_its_letter() -> None:
    """The letter names the file and leads to a page; it tells nothing of what the file says."""
    afterwards = {"annulled", "corrected", "reissued", "correction_waits", "act_waits_number"}
    of_files = {"task", "returned", "ended", "nobody_free", "due_soon", "overdue", "escalated"}
    of_others = {"reply_due_soon", "reply_overdue", "reply_silent", "report_due", "report_late"}
    assert of_files | afterwards | of_others == kinds_of_notices()
    for kind in kinds_of_notices():
        said = {}
        for lang in LANGUAGES:
            sent = letter(kind, "Nguyễn Văn Mẫu", "BK-0001", "https://khenthuong.example.vn/ho-so/BK-0001", lang)
            assert "BK-0001" in sent.subject
            assert "https://khenthuong.example.vn/ho-so/BK-0001" in sent.text
            said[lang] = sent
        assert said["vi"] != said["en"]
