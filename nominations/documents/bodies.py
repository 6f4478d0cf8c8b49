"""How a body is called on paper: its heading, its symbol, the office of who signs, where it dates from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from nominations.documents.facts import Body, Signed, Stead
from nominations.documents.paper import Run, Signature, Words, run, words

COMMITTEE = "Ủy ban nhân dân"
PLACE_WORDS: Mapping[str, str] = {
    "province": "tỉnh", "city": "thành phố", "town": "thị xã", "district": "huyện", "ward": "phường",
    "township": "thị trấn", "commune": "xã",
}  # fmt: skip
UNDER_A_COMMITTEE = frozenset({"department", "office", "board", "district_office"})
ACTING = ("q.", "quyền ")
WHAT = {"number": "số", "day": "ngày, tháng, năm", "signer": "họ tên người ký"}


def is_committee(body: Body) -> bool:
    """Whether the body is a place, governed by its People's Committee."""
    return body.kind in PLACE_WORDS


def place_name(body: Body) -> str:
    """The place with its kind: xã An Trung."""
    return f"{PLACE_WORDS[body.kind]} {bare(body.kind, body.name)}"


def bare(kind: str, name: str) -> str:
    """A place's name without its kind, which the register of units may write before it: An Trung, Bình Định."""
    word = PLACE_WORDS.get(kind, "")
    return name[len(word) + 1 :] if word and name.lower().startswith(f"{word} ") else name


def full_name(body: Body) -> str:
    """The body as a sentence names it: Ủy ban nhân dân xã An Trung, Sở Nội vụ."""
    return f"{COMMITTEE} {place_name(body)}" if is_committee(body) else body.name


def head_of(body: Body) -> str:
    """The office of its head as a sentence names it: Chủ tịch Ủy ban nhân dân xã An Trung."""
    return f"{office(body)} {full_name(body)}"


def office(body: Body, *, deputy: bool = False) -> str:
    """What its head or deputy is called."""
    if is_committee(body):
        return "Phó Chủ tịch" if deputy else "Chủ tịch"
    title = without_acting(body.deputy_title if deputy else body.head_title)
    return title.removesuffix(body.name).strip() or ("Phó Thủ trưởng" if deputy else "Thủ trưởng")


def is_acting(title: str) -> bool:
    """Whether a head's post is that of an acting one, written Q. Giám đốc or Quyền Giám đốc."""
    return title.lower().startswith(ACTING)


def without_acting(title: str) -> str:
    """The office alone: Giám đốc for Q. Giám đốc."""
    mark = next((mark for mark in ACTING if title.lower().startswith(mark)), "")
    office_alone = title[len(mark) :].strip()
    return f"{office_alone[:1].upper()}{office_alone[1:]}" if mark else title


def heading(body: Body, *, person: bool = False) -> tuple[str, str]:
    """The two lines at the upper left; a decision of a Chairman is headed by the office, not the committee."""
    if is_committee(body):
        return "", head_of(body) if person else full_name(body)
    return parent_of(body), body.name


def parent_of(body: Body) -> str:
    """The committee a specialised agency or office is under; others stand for themselves."""
    if body.kind not in UNDER_A_COMMITTEE or body.parent_kind not in PLACE_WORDS:
        return ""
    return f"{COMMITTEE} {PLACE_WORDS[body.parent_kind]} {bare(body.parent_kind, body.parent_name)}"


def symbol(series: str, body: Body) -> str:
    """What follows the number: QĐ-UBND, TTr-SNV."""
    return series if "-" in series else f"{series}-{'UBND' if is_committee(body) else body.code}"


def numbered(number: str | None, series: str, body: Body) -> Words:
    """The number line; a number under ten has a zero before it [S-26]."""
    given = (number or "").strip()
    if "/" in given:
        return words("Số: ", given)
    return words("Số: ", run(_two(given), WHAT["number"]), f"/{symbol(series, body)}")


def unnumbered(series: str, body: Body) -> Words:
    """The number line of a paper the clerk has yet to number."""
    return words(f"Số: ........./{symbol(series, body)}")


def reference(number: str | None, series: str, body: Body) -> Run:
    """A numbered paper as another names it: 05/QĐ-UBND."""
    given = (number or "").strip()
    return run(given if "/" in given or not given else f"{_two(given)}/{symbol(series, body)}", WHAT["number"])


def day_words(day: date | None) -> Run:
    """A day in words: below ten, and January and February, with a zero [S-26]."""
    if day is None:
        return run(None, WHAT["day"])
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return Run(f"ngày {day.day:02} tháng {month} năm {day.year}")


def dated_from(body: Body) -> str:
    """The place a body's papers are dated from: its own, or the one it is under."""
    return bare(body.kind, body.name) if is_committee(body) else bare(body.parent_kind, body.province)


def dated(body: Body, day: date | None) -> Words:
    """Place and day of a paper."""
    place = dated_from(body)
    return words(f"{place}, " if place else "", day_words(day))


def undated(body: Body, year: int) -> Words:
    """Place, and a day to be filled in."""
    place = dated_from(body)
    return words(f"{place}, ngày ..... tháng ..... năm {year}")


def signature(body: Body, signed: Signed | None, *, in_person: bool = False) -> Signature:
    """Who signs: of a committee TM. and its head, or KT. and a deputy; Q. before an acting head [S-26].

    A Chairman's own act has no TM. [memory].
    """
    deputy = signed is not None and signed.signs_as == "deputy"
    power = [f"TM. {COMMITTEE}"] if is_committee(body) and not in_person else []
    head = f"Q. {office(body)}" if signed is not None and signed.acting and not deputy else office(body)
    lines = (*power, f"KT. {head}", office(body, deputy=True)) if deputy else (*power, head)
    return Signature(lines, words(run(signed.signer if signed is not None else None, WHAT["signer"])))


def by_hand(what: str, name: Words, body: Body, stead: Stead | None, note: str = "") -> Signature:
    """Who did it, under what they are in it; for another: TL. or TUQ. and the head, one's own office, both names.

    The powers to sign are those of facts 5.5 [S-26]; a colleague's work done meanwhile is no power to sign.
    """
    if stead is None:
        return Signature((what,), name, note)
    said = f"(thay {stead.giver}, theo {stead.document})"
    lines = (what,) if stead.kind == "cover" else (f"{stead.kind}. {office(body)}", stead.title)
    return Signature(lines, name, said)


def _two(number: str) -> str:
    return number.zfill(2) if number.isdigit() else number
