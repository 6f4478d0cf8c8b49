"""A caller of the API that holds every answer against the API's own document, and the province played through it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from nominations.services.actions import Denied, Outcome
from nominations.services.apply import Applied
from nominations.services.log import Origin, Receipt
from nominations.services.people import issue_token
from tests.integration.api.documented import operation, problem_faults, shape_faults
from tests.world import GROUPS, World
from workflows import Refused, Workflow

BASE = "/api/v1"
WROTE = Origin(actor="tests", auth="cli")


@dataclass
class Caller:
    """Somebody with a token."""

    client: FlaskClient
    token: str
    lang: str = "vi"

    def get(self, address: str, **more: Any) -> TestResponse:
        return self.send("GET", address, **more)

    def post(self, address: str, body: Any = None, **more: Any) -> TestResponse:
        return self.send("POST", address, body, **more)

    def patch(self, address: str, body: Any = None, **more: Any) -> TestResponse:
        return self.send("PATCH", address, body, **more)

    def send(
        self, method: str, address: str, body: Any = None, *, version: int | str | None = None, key: str | None = None,
        headers: dict[str, str] | None = None, **more: Any,
    ) -> TestResponse:  # fmt: skip
        """Send, and fail if the answer is not what the document says this call answers."""
        said = {"Authorization": f"Bearer {self.token}", "Accept-Language": self.lang} | (headers or {})
        if version is not None:
            said["If-Match"] = f'"{version}"' if isinstance(version, int) else version
        if key is not None:
            said["Idempotency-Key"] = key
        if body is not None:
            more["json"] = body
        response = self.client.open(BASE + address, method=method, headers=said, **more)
        hold_against_document(self.client.application, response)
        return response


def hold_against_document(app: Flask, response: TestResponse) -> None:
    """Fail if an answer is not as the document of this application says."""
    document: dict[str, Any] = app.extensions["openapi"]
    method, path = response.request.method, response.request.path
    where = f"{method} {path} {response.status_code}"
    said = operation(document, method, path)
    if response.status_code >= 400:
        assert problem_faults(response) == [], f"{where}: {response.text}"
        assert said is None or str(response.status_code) in said["responses"], f"{where} is not documented"
        return
    assert said is not None, f"{where} is not documented"
    content = said["responses"][str(response.status_code)]["content"]
    if "application/json" in content:
        faults = shape_faults(document, content["application/json"]["schema"], response.get_json())
        assert faults == [], f"{where}: {faults}"


@dataclass
class ApiWorld(World):
    """The province, in which everybody acts by the API."""

    app: Flask = field(default_factory=lambda: Flask("none"))
    callers: dict[str, Caller] = field(default_factory=dict)

    @classmethod
    def of(cls, world: World, app: Flask) -> ApiWorld:
        """The same province behind an application."""
        return cls(world.session, world.clock, world.units, world.people, world.numbers, app=app)

    def caller(self, username: str, *scopes: str) -> Caller:
        """That person with a token, which may act unless told otherwise."""
        name = f"{username} {' '.join(scopes)} {self.clock.today().year}"  # tokens end, and tests leap over years
        if name not in self.callers:
            kinds = scopes or ("read", "act")
            token = issue_token(self.session, self.clock, WROTE, self.people[username], "tests", kinds, 366)
            self.callers[name] = Caller(self.app.test_client(), token.text)
        return self.callers[name]

    def draft(self, *, by: str = "nominator.xa", form: str = "BK-TINH", kind: str = "household", **more: Any) -> str:
        """A complete draft, made by the API but for its papers."""
        self.numbers += 1
        group = more.pop("group", None) or GROUPS.get(kind, "1.7")
        body = {
            "round": more.pop("round_code", "tong-ket"),
            "form": form,
            "proposing_unit": self.unit_of(by),
            "subject_kind": kind,
            "subject_group": group,
        }
        unit = more.pop("nominee_unit_id", None)
        body |= {"nominee_unit": unit} if unit else {"name": more.pop("name", f"Hộ ông Đinh Văn {self.numbers}")}
        made = self.caller(by).post("/nominations", body)
        assert made.status_code == 201, made.text
        code = str(made.get_json()["code"])
        self.attach_papers(code)
        self.do(by, code, "save", content=more.pop("content", None) or self.content(group))
        return code

    def attempt(self, username: str, code: str, action: str, *, key: str | None = None, **payload: Any) -> Outcome:
        """Do an action by the API on the version the file shows this person, whatever comes of it."""
        seen = payload.pop("seen", None) or self.shown_version(username, code)
        body = json.loads(json.dumps(payload, default=date.isoformat))
        answer = self.caller(username).post(f"/nominations/{code}/actions/{action}", body, version=seen, key=key)
        said = answer.get_json()
        if answer.status_code in {409, 412}:
            return Denied(Refused(said["guard"]), cast("Workflow", None), "", 0)
        assert answer.status_code == 200, f"{username} {action}: {answer.text}"
        given = said["receipt"]
        receipt = Receipt(given["stream"], given["cseq"], given["hash"], given["at"])
        return Applied(code, said["state"], said["version"], receipt, None)

    def shown_version(self, username: str, code: str) -> int:
        """The version in the ETag this person is shown."""
        answer = self.caller(username).get(f"/nominations/{code}")
        return int(answer.headers["ETag"].strip('"')) if answer.status_code == 200 else self.version(code)
