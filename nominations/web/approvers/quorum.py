"""What closing a council's vote needs, in a sentence: members, those barred from the line, the fewest ballots."""

from __future__ import annotations

from flask_babel import gettext as _

from nominations.extensions import current_clock
from nominations.web.approvers.asked import ActAsked
from workflows.quorum import needs


def quorum_words(asked: ActAsked) -> str | None:
    """The sentence printed on the ballot sheet and where the vote is closed; None where no vote is open."""
    needed = needs(asked.ready.workflow, asked.ready.case, current_clock().today())
    if needed is None:
        return None
    ballot = needed.ballot
    said = {
        "members": needed.members,
        "barred": needed.barred,
        "quorum": needed.quorum,
        "share": f"{ballot.quorum_numerator}/{ballot.quorum_denominator}",
        "base": needed.base,
        "source": ballot.quorum_source,
    }
    if ballot.barred_in_quorum:
        words = _(
            "Hội đồng có %(members)s thành viên, %(barred)s người không được biểu quyết trường hợp này. Cần ít nhất "
            "%(quorum)s phiếu mới chốt được (%(share)s của %(base)s người, kể cả người không được biểu quyết; "
            "%(source)s). Tỷ lệ đồng ý luôn tính trên cả %(members)s người.",
            **said,
        )
    else:
        words = _(
            "Hội đồng có %(members)s thành viên, %(barred)s người không được biểu quyết trường hợp này. Cần ít nhất "
            "%(quorum)s phiếu mới chốt được (%(share)s của %(base)s người, không kể người không được biểu quyết; "
            "%(source)s). Tỷ lệ đồng ý luôn tính trên cả %(members)s người.",
            **said,
        )
    return words
