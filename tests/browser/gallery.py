"""Every component on one page: the plain environment the components need, the page itself, and a server for browsers.

Development and tests only: no route of the service shows it. `python -m tests.browser.gallery` serves it on port 8099.
"""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    Form,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from nominations.web.formats import date_vi, datetime_vi, money_vi, time_vi
from nominations.web.headers import CONTENT_SECURITY_POLICY
from tests.browser import gallery_samples

ROOT = Path(__file__).parents[2]
PORT = 8099


def options(*words: str) -> Any:
    """Return the options of a list whose values are their words."""
    return list(words)


class SampleForm(Form):
    """A form with a field of every kind the components draw."""

    name = StringField(
        "Họ và tên", [InputRequired("Hãy ghi họ và tên.")], description="Ghi như trong giấy tờ tuỳ thân."
    )
    email = StringField("Thư điện tử")
    summary = TextAreaField("Tóm tắt thành tích", [InputRequired("Hãy tóm tắt thành tích trong vài câu.")])
    form = SelectField(
        "Hình thức khen thưởng",
        choices=options("Bằng khen của Chủ tịch UBND tỉnh", "Giấy khen"),
    )
    kind = RadioField(
        "Loại",
        [InputRequired("Hãy chọn một loại.")],
        choices=options("Cá nhân", "Tập thể", "Hộ gia đình"),
    )
    reasons = SelectMultipleField(
        "Lỗi của hồ sơ",
        choices=options("Thiếu giấy tờ", "Báo cáo chưa có xác nhận"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    received_on = DateField("Ngày đến", [InputRequired("Hãy ghi ngày đến.")], format=["%d/%m/%Y"], widget=TextInput())
    amount = IntegerField("Tiền thưởng")
    paper = FileField("Báo cáo thành tích")
    agreed = BooleanField("Tôi đã đối chiếu với bản giấy", [InputRequired("Hãy xác nhận đã đối chiếu.")])


def url_for(endpoint: str, filename: str = "") -> str:
    """Stand in for Flask's function: static files lie under /static/."""
    return f"/{endpoint}/{filename}"


def build_environment() -> Environment:
    """Return an environment as strict as the application's, with what the components ask of it."""
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(ROOT / "templates"), FileSystemLoader(ROOT / "tests" / "browser")]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    install = getattr(environment, "install_null_translations")  # noqa: B009 - the extension adds it at run time
    install(newstyle=True)
    environment.filters.update(date_vi=date_vi, datetime_vi=datetime_vi, time_vi=time_vi, money_vi=money_vi)
    environment.globals.update(
        url_for=url_for,
        csrf_token=lambda: "token",
        get_flashed_messages=lambda **_: [
            ("success", "Đã lưu nháp lúc 09:42."),
            ("error", "Chưa gửi được: còn thiếu hai mục."),
        ],
    )
    return environment


def sample_context(**ui: object) -> dict[str, Any]:
    """Return the gallery's context; keywords replace keys of `ui`."""
    names = {name.lower(): value for name, value in vars(gallery_samples).items() if name.isupper()}
    faulty = SampleForm(prefix="faulty-")
    faulty.validate()
    forms = {
        "form": SampleForm(),
        "faulty": faulty,
        "reason": SampleForm(prefix="reason-"),
        "reopened": SampleForm(prefix="again-"),
    }
    return names | forms | {"ui": gallery_samples.UI | ui}


def render(template: str = "gallery.html", **ui: object) -> str:
    """Render a page of the gallery."""
    return build_environment().get_template(template).render(sample_context(**ui))


class GalleryHandler(SimpleHTTPRequestHandler):
    """Serves the gallery under the service's own content security policy, and the static files."""

    def do_GET(self) -> None:
        """Answer `/gallery_list.html?theme=dark&nav_style=top` and the like from templates, /static/ from files."""
        address = urlsplit(self.path)
        if address.path.startswith("/static/"):
            super().do_GET()
            return
        template = address.path.lstrip("/") or "gallery.html"
        body = render(template, **{key: values[0] for key, values in parse_qs(address.query).items()}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        """Send the policy with every answer."""
        self.send_header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def make_server(port: int = 0) -> ThreadingHTTPServer:
    """Return a server of the gallery on this machine; port 0 takes a free one."""
    return ThreadingHTTPServer(("127.0.0.1", port), partial(GalleryHandler, directory=str(ROOT / "nominations")))


if __name__ == "__main__":
    make_server(PORT).serve_forever()
