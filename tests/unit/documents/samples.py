"""Facts of an invented file, whole enough for every kind of paper; tests take away or put in what they are about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from nominations.documents.facts import (
    Advice,
    After,
    Arrival,
    Body,
    Count,
    Facts,
    Line,
    Member,
    Money,
    Posted,
    Registered,
    SentBack,
    Signed,
    Vote,
)

FORM = "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"
MOVEMENT = "Phong trào thi đua “Vì người nghèo - Không để ai bị bỏ lại phía sau” giai đoạn 2021 - 2025"
COMMUNE = Body("21613", "An Trung", "commune", "commune")
DISTRICT = Body("542", "An Lão", "district", "district")
PROVINCE = Body("52", "Bình Định", "province", "province", province="Bình Định")
BOARD = Body("SNV", "Sở Nội vụ", "department", "unit", "Bình Định", "province", "Bình Định", "Giám đốc", "Phó Giám đốc")
NAME, ADDRESS = "Hộ ông Đinh Văn Nguyễn", "Thôn 1, xã An Trung, huyện An Lão"
SIGNED_ON = date(2025, 1, 5)
LINE = Line(
    NAME, "household", ADDRESS, "Giúp bảy hộ thoát nghèo bền vững.", "1970", "5/5 (100,00 %)", FORM,
    Money(4_050_000, "1.5", 1_800_000, "1.5"),
)  # fmt: skip
CONTENT = {
    "nominee": {"birth_year": 1970, "ethnic_group": "Hrê", "address": ADDRESS, "members": 5, "escaped_year": 2022},
    "report": {
        "achievements": "Giúp bảy hộ trong thôn thoát nghèo.",
        "income_before": 12_000_000,
        "income_after": 96_000_000,
        "helped": [{"name": "Hộ ông Đinh Văn Reo", "kind": "Bò giống", "value": 15_000_000}],
        "past_awards": [{"year": 2021, "form": "Giấy khen", "decision": "Số 12/QĐ-UBND"}],
    },
    "criteria": {"statements": {"1.5.2": "Giúp 7 hộ nghèo về giống và kỹ thuật."}},
}


def facts(**changed: Any) -> Facts:
    """The file once awarded, with everything its papers say."""
    seats = tuple(Member(f"Ủy viên {n}", "member", voted=n < 5) for n in range(1, 6))
    whole = Facts(
        code="HS-2024-0001",
        form="BK-TINH",
        form_label=FORM,
        subject_kind="household",
        nominee=NAME,
        movement=MOVEMENT,
        round_title="Đợt tổng kết 2025",
        entry_stage="commune",
        deciding_stage="chairman",
        home=COMMUNE,
        bodies={"commune": COMMUNE, "district": DISTRICT, "board": BOARD, "chairman": PROVINCE},
        lines=(LINE,),
        today=date(2025, 1, 10),
        content=CONTENT,
        basis=("Luật Tổ chức chính quyền địa phương", "Luật Thi đua, khen thưởng năm 2022"),
        criteria={"1.5.2": "Giúp đỡ hộ nghèo khác vươn lên thoát nghèo"},
        decisions=(
            Signed("letter", "commune", "Đinh Văn Reo", "head", "TTr", "12", date(2024, 10, 2), date(2024, 10, 1)),
            Signed("letter", "board", "Nguyễn Thị Sáu", "deputy", "TTr-SNV", "310", date(2024, 12, 9), SIGNED_ON),
            Signed("award", "chairman", "Trần Văn Tám", "deputy", "QĐ", "5", SIGNED_ON, SIGNED_ON),
        ),
        votes=(Vote("board", "Hội đồng Thi đua - Khen thưởng tỉnh", date(2024, 12, 2), False, 5, 4, 0, 0, True, seats,
                    Count(5, 4, 4, "Lê Thị Hai", "Võ Văn Ba")),),
        advice=(
            Advice("appraisal", "board", "Phạm Hữu Lợi", "for", "Đủ điều kiện.", (("1.5.2", True, "Có xác nhận"),),
                   date(2024, 11, 20)),
            Advice("check", "chairman", "Lê Văn Bốn", "for", "Hồ sơ đủ.", (), date(2025, 1, 3)),
        ),
        returns=(SentBack("district", "Bùi Quang Thạnh", "Ủy ban nhân dân xã An Trung",
                          (("Thiếu chữ ký hoặc con dấu", "Trang 2 báo cáo"),), ("Báo cáo thành tích",),
                          date(2024, 10, 8)),),
        arrivals=(Arrival("board", "Phạm Hữu Lợi", date(2024, 11, 4), date(2024, 12, 9), ("Tờ trình", "Biên bản")),),
        posting=Posted("Nhà văn hóa thôn 1", 5, date(2024, 9, 16), date(2024, 9, 20), date(2024, 9, 23)),
        acts=tuple(
            After(n, kind, "Giả mạo giấy tờ", "Giấy xác nhận là giả.", (("name", "Ông A", "Ông Á"),), 410_000,
                  "Trần Văn Tám", "head", "QĐ", str(30 + n), date(2025, 2, 3), date(2025, 2, 1), False)
            for n, kind in enumerate(("annulment_proposal", "annulment", "correction", "reissue"))
        ),
        moved=("HS-2024-0002", "Giấy khen của Chủ tịch Ủy ban nhân dân cấp xã", "Hợp với mức thành tích."),
        award=Registered(SIGNED_ON, 12, 2025, "https://khen.example/kiem-tra/ABCDEFGHJKMN"),
        stage="board",
    )  # fmt: skip
    return replace(whole, **changed)


def many(count: int) -> tuple[Line, ...]:
    """A long list in the three blocks."""
    kinds = ("collective", "household", "individual")
    return tuple(
        Line(
            f"Đinh Thị Nguyễn Ưng Ỷ {n}",
            kinds[n * 3 // count],
            f"Thôn {n}, xã Bok Tới, huyện Hoài Ân",
            money=LINE.money,
        )
        for n in range(count)
    )
