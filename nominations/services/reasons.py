"""The reason lists an officer chooses from: codes with their words, for the forms and the papers."""

from __future__ import annotations

from nominations.reference import load_limits, load_reasons

Listed = tuple[tuple[str, str], ...]  # code and words, in the order a list shows them


def reasons(kind: str, lang: str) -> Listed:
    """The codes of one list with their words in ``lang``.

    ``kind`` is return_fault, hold_ground, not_award_reason, against_vote_reason or annulment_ground.
    """
    return tuple((reason.code, reason.label.en if lang == "en" else reason.label.vi) for reason in load_reasons(kind))


def reason_words(code: str | None, lang: str, *kinds: str) -> str | None:
    """What a stored code says, looked up in ``kinds``; a code that no list has is given back as it is."""
    if code is None:
        return None
    return next((words for kind in kinds for known, words in reasons(kind, lang) if known == code), code)


def limit_words(lang: str) -> dict[str, str]:
    """The limits a hit of the duplicate check may touch, in short, by code."""
    return {limit.code: limit.label.en if lang == "en" else limit.label.vi for limit in load_limits()}
