"""Every component and every layout, rendered with samples, is a page without faults; so is each error page."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment

from tests.browser.gallery import ROOT, render
from tests.markup import page_faults

TEMPLATES = ROOT / "templates"
GALLERY = ROOT / "tests" / "browser"
PAGES = ("gallery.html", "gallery_list.html", "gallery_public.html", "gallery_print.html")
ERRORS = sorted(path.name for path in (TEMPLATES / "errors").glob("*.html"))
OURS = sorted(path for folder in ("layouts", "components", "errors") for path in (TEMPLATES / folder).glob("*.html"))
LONGEST = 160  # lines of a template
MACRO = re.compile(r"{%-? macro (\w+)\(")


def texts(paths: list[Path]) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "shell", [{}, {"theme": "dark", "nav_style": "top", "locale": "en"}, {"user": None, "links": {}}]
)
def test_a_gallery_page_has_no_faults(page: str, shell: dict[str, object]) -> None:
    assert page_faults(render(page, **shell)) == []


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_needs_no_context(environment: Environment, name: str) -> None:
    text = environment.get_template(f"errors/{name}").render()
    assert page_faults(text) == []
    assert name.removesuffix(".html") in text


def test_an_error_page_says_what_it_is_told(environment: Environment) -> None:
    text = environment.get_template("errors/409.html").render(message="Hồ sơ vừa được ký.", request_id="a1b2")
    assert "Hồ sơ vừa được ký." in text
    assert "a1b2" in text


def test_the_theme_is_the_machines_unless_one_was_chosen() -> None:
    assert "data-bs-theme" not in render("gallery_public.html")
    assert 'data-bs-theme="dark"' in render("gallery_public.html", theme="dark")
    assert 'data-bs-theme="light"' in render("gallery_print.html", theme="dark")


def test_the_gallery_shows_every_macro_of_the_components() -> None:
    macros = set(MACRO.findall(texts(OURS)))
    used = texts([*GALLERY.glob("gallery*.html"), *(GALLERY / "gallery").glob("*.html"), *OURS])
    unused = {name for name in macros if len(re.findall(rf"\b{name}\(", used.replace(f"macro {name}(", ""))) == 0}
    assert unused == set()


@pytest.mark.parametrize("path", OURS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_template_is_short_told_and_without_styles_or_scripts(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("{#-"), "say in a comment what the file is for"
    assert len(text.splitlines()) <= LONGEST
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:|https?://", text)


@pytest.mark.parametrize("path", sorted((TEMPLATES / "components").glob("*.html")), ids=lambda path: path.name)
def test_every_macro_is_told_of_in_a_comment(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    comments = " ".join(re.findall(r"{#-.*?-#}", text, flags=re.DOTALL))
    assert [name for name in MACRO.findall(text) if f"{name}(" not in comments] == []


def test_the_guide_names_every_macro() -> None:
    guide = (ROOT / "docs" / "design-system.md").read_text(encoding="utf-8")
    assert [name for name in MACRO.findall(texts(OURS)) if f"`{name}" not in guide] == []
