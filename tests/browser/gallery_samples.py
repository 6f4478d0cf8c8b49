"""What the gallery shows: invented people, papers and figures in every shape the components take."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

DAY = date(2024, 3, 5)
INSTANT = datetime(2024, 3, 5, 2, 42, tzinfo=UTC)
HASH = "5f2c9a7e10b34d86c1e0f9a8b7d6c5e4f3021a9b8c7d6e5f40312a1b0c9d8e7f"

NAV: list[dict[str, Any]] = [
    {"label": "Việc chờ tôi", "url": "#", "icon": "inbox", "current": True, "count": 12, "shortcut": "g i"},
    {"label": "Của đơn vị", "url": "#", "icon": "users", "count": 31},
    {"label": "Sắp tới", "url": "#", "icon": "calendar-time", "count": 0},
    {"label": "Đã làm", "url": "#", "icon": "checks"},
    {"heading": "Hồ sơ"},
    {"label": "Tất cả hồ sơ", "url": "#", "icon": "files"},
    {"label": "Tờ trình", "url": "#", "icon": "send"},
    {"label": "Phiên họp Hội đồng", "url": "#", "icon": "users-group"},
    {"heading": "Tra cứu"},
    {"label": "Kế hoạch phong trào", "url": "#", "icon": "flag"},
    {"label": "Công cụ tính", "url": "#", "icon": "calculator"},
]

LINKS = {
    name: f"#{name}"
    for name in (
        "home",
        "search",
        "help",
        "notifications",
        "profile",
        "posts",
        "delegations",
        "theme",
        "locale",
        "sign_in",
        "sign_out",
        "demo_clock",
    )
}

UI: dict[str, Any] = {
    "locale": "vi",
    "theme": "auto",
    "path": "/thu-vien",
    "user": {
        "name": "Nguyễn Thị Thanh Mẫu",
        "post": "Chuyên viên thẩm định",
        "unit": "Ban Thi đua - Khen thưởng, Sở Nội vụ",
    },
    "nav_style": "side",
    "links": LINKS,
    "unread": 3,
    "demo_day": DAY,
    "query": "",
}

COLUMNS: list[dict[str, Any]] = [
    {"key": "code", "label": "Mã hồ sơ", "sort_url": "?nav_style=top", "sorted": None},
    {
        "key": "name",
        "label": "Người, tập thể, hộ được đề nghị",
        "header": True,
        "sort_url": "?nav_style=top",
        "sorted": None,
    },
    {"key": "form", "label": "Hình thức"},
    {"key": "state", "label": "Trạng thái"},
    {"key": "due_on", "label": "Hạn", "sort_url": "?nav_style=top", "sorted": "asc"},
    {"key": "bonus", "label": "Tiền thưởng", "align": "end"},
]


def _row(code: str, name: str, unit: str, form: str, state: str, left: int | None, bonus: int) -> dict[str, Any]:
    due_on = None if left is None else date(2024, 3, 5 + max(left, -4))
    return {
        "id": code,
        "code": code,
        "name": name,
        "unit": unit,
        "form": form,
        "state": state,
        "due_on": due_on,
        "days_left": left,
        "bonus": bonus,
    }


ROWS = [
    _row(
        "HS-2024-0117",
        "Hộ ông Đinh Văn Mẫu",
        "xã An Toàn, huyện An Lão",
        "Bằng khen của Chủ tịch UBND tỉnh",
        "board.appraisal",
        -2,
        2_700_000,
    ),
    _row(
        "HS-2024-0121",
        "Uỷ ban nhân dân xã Vĩnh Thử",
        "huyện Vĩnh Thạnh",
        "Bằng khen của Chủ tịch UBND tỉnh",
        "board.intake.returned",
        None,
        3_600_000,
    ),
    _row(
        "HS-2024-0098",
        "Bà Trần Thị Ngọc Thí Dụ",
        "Hội Liên hiệp Phụ nữ tỉnh",
        "Bằng khen của Thủ tướng",
        "board.council",
        2,
        6_300_000,
    ),
    _row("HS-2024-0064", "Công ty TNHH Mẫu Số Một", "Khối doanh nghiệp", "Giấy khen", "awarded", 9, 1_080_000),
    _row(
        "HS-2024-0130",
        "Thôn Thử Nghiệm 2",
        "xã Canh Mẫu, huyện Vân Canh",
        "Giấy khen",
        "unit.signature.held",
        None,
        1_080_000,
    ),
]

STATES = (
    "draft",
    "commune.intake",
    "board.appraisal",
    "board.council",
    "chairman.check",
    "chairman.signature",
    "board.number",
    "board.intake.returned",
    "board.appraisal.held",
    "central.pending",
    "awarded",
    "not_awarded",
    "withdrawn",
    "replaced",
    "annulled",
)

TRACK: list[dict[str, Any]] = [
    {"label": "UBND xã An Toàn", "state": "done", "on": date(2024, 1, 15), "note": "Tờ trình 12/TTr-UBND"},
    {"label": "UBND huyện An Lão", "state": "done", "on": date(2024, 2, 6), "note": "Tờ trình 41/TTr-UBND"},
    {
        "label": "Sở Nội vụ thẩm định",
        "state": "current",
        "on": date(2024, 2, 20),
        "holder": "Ban Thi đua - Khen thưởng",
    },
    {"label": "Hội đồng tỉnh", "state": "todo"},
    {"label": "Chủ tịch UBND tỉnh", "state": "todo"},
]
TRACK_RETURNED: list[dict[str, Any]] = [
    {"label": "Đơn vị trình", "state": "returned", "note": "sửa 2 mục"},
    {"label": "Cấp huyện", "state": "skipped"},
    {"label": "Sở Nội vụ", "state": "stopped"},
    {"label": "Chủ tịch UBND tỉnh", "state": "held"},
]

HISTORY: list[dict[str, Any]] = [
    {
        "at": INSTANT,
        "label": "Trả hồ sơ: bổ sung hai mục",
        "tone": "warn",
        "icon": "arrow-back-up",
        "who": "Nguyễn Thị Thanh Mẫu",
        "unit": "Ban Thi đua - Khen thưởng",
        "lines": ["Mở lại: Báo cáo thành tích, Giấy tờ kèm theo."],
        "note": "Báo cáo chưa nêu số hộ được giúp trong năm 2023; biên bản họp thôn thiếu chữ ký thư ký.",
        "receipt": "5f2c9a7e10b3",
    },
    {
        "at": INSTANT - timedelta(minutes=97),
        "label": "Nhận việc",
        "who": "Nguyễn Thị Thanh Mẫu",
        "icon": "user-check",
    },
    {
        "at": INSTANT - timedelta(days=14),
        "label": "Tiếp nhận hồ sơ đủ, số đến 118",
        "tone": "info",
        "icon": "file-check",
        "who": "Lê Văn Thí Dụ",
        "unit": "Sở Nội vụ",
        "receipt": "0c41aa93be70",
        "url": "#",
    },
    {
        "at": INSTANT - timedelta(days=28),
        "label": "Ký và gửi cấp trên",
        "tone": "ok",
        "icon": "signature",
        "who": "Phạm Minh Mẫu, Chủ tịch",
        "unit": "UBND huyện An Lão",
    },
]

ACTIONS: list[dict[str, Any]] = [
    {
        "code": "recommend",
        "label": "Đề nghị khen thưởng",
        "allowed": True,
        "url": "#",
        "kind": "primary",
        "shortcut": "a",
    },
    {"code": "return", "label": "Trả hồ sơ", "allowed": True, "url": "#", "note": "Nêu hết các lỗi trong một lần."},
    {"code": "hold", "label": "Đề xuất tạm dừng xét", "allowed": True, "url": "#", "method": "post"},
    {"code": "advise_against", "label": "Đề nghị không khen thưởng", "allowed": True, "url": "#", "kind": "danger"},
    {
        "code": "ballot",
        "label": "Biểu quyết",
        "allowed": False,
        "cleared_by": "thư ký Hội đồng, khi mở phiên họp.",
        "reason": "Hồ sơ chưa tới bước Hội đồng xét.",
    },
    {
        "code": "sign",
        "label": "Ký và gửi cấp trên",
        "allowed": False,
        "cleared_by": "Giám đốc Sở Nội vụ hoặc người ký thay (KT.).",
        "reason": "Bạn đã thẩm định hồ sơ này nên không ký được.",
    },
]

CRITERIA: list[dict[str, Any]] = [
    {
        "code": "1.3.1",
        "text": "Lãnh đạo, chỉ đạo thực hiện hiệu quả chương trình giảm nghèo bền vững.",
        "result": "pass",
        "required": "hard",
        "source": "Kế hoạch, mục III.1.3",
        "claim": "Ban hành nghị quyết chuyên đề năm 2022, giao chỉ tiêu tới từng thôn.",
        "evidence": "Nghị quyết 05-NQ/ĐU; báo cáo tổng kết 2023",
    },
    {
        "code": "1.3.5",
        "text": "Xã thuộc khu vực III: tỷ lệ hộ nghèo giảm trên 50% so với đầu kỳ.",
        "result": "fail",
        "required": "hard",
        "lines": [
            "Đầu kỳ 2021: 40,00% (128 hộ trong 320 hộ).",
            "Cuối kỳ 2023: 20,00% (65 hộ trong 325 hộ).",
            "Mức giảm: (40,00 - 20,00) / 40,00 = 50,00%.",
            "50,00% không lớn hơn 50%: không đạt.",
        ],
        "settings": "mức giảm phải lớn hơn, không bằng, 50%.",
        "sources": "Quyết định công nhận hộ nghèo hằng năm (hư cấu).",
        "changed": "Cấp huyện đã tính: Đạt (số liệu sơ bộ)",
    },
    {
        "code": "1.3.6",
        "text": "Huy động nguồn lực xã hội giúp hộ nghèo.",
        "result": "not_computable",
        "required": "soft",
        "lines": ["Thiếu số liệu năm 2022."],
    },
    {"code": "1.3.7", "text": "Không để phát sinh hộ tái nghèo.", "result": "needs_explanation", "required": "soft"},
    {"code": "1.3.8", "text": "Không áp dụng cho xã ngoài danh mục.", "result": "not_applicable"},
    {"code": "1.3.9", "text": "Tiêu chí chưa có ai nêu kết quả.", "result": None},
]

PAPERS: list[dict[str, Any]] = [
    {
        "label": "Báo cáo thành tích",
        "required": True,
        "upload_url": "#",
        "note": "Có xác nhận của cấp trình khen.",
        "files": [
            {
                "name": "bao-cao-thanh-tich-ho-ong-mau.pdf",
                "url": "#",
                "size": "412 KB",
                "added_on": DAY,
                "added_by": "Lê Văn Thí Dụ",
                "digest": "9c1f04ab…",
                "preview_url": "#",
                "remove_url": "#",
            }
        ],
    },
    {
        "label": "Biên bản họp thôn",
        "required": True,
        "files": [{"name": "bien-ban.pdf", "url": "#"}],
        "faulty": "Thiếu chữ ký của thư ký cuộc họp.",
    },
    {"label": "Tờ trình của cấp trình khen", "required": True, "files": [], "upload_url": "#"},
    {"label": "Ảnh hoạt động", "required": False, "files": [], "upload_url": "#"},
]

CHANGES: list[dict[str, Any]] = [
    {"label": "Số hộ nghèo được giúp", "section": "Báo cáo", "before": "12 hộ", "after": "14 hộ"},
    {"label": "Biên bản họp thôn", "section": "Giấy tờ", "before": None, "after": "bien-ban-2.pdf"},
    {"label": "Ghi chú của xã", "section": "Báo cáo", "before": "Chờ số liệu", "after": None},
]

FACTS: list[dict[str, Any]] = [
    {"label": "Được đề nghị", "value": "Hộ ông Đinh Văn Mẫu"},
    {"label": "Đơn vị đề nghị", "value": "UBND xã An Toàn", "note": "nhập thay thôn 1, đại diện ông Đinh Mẫu"},
    {"label": "Hình thức", "value": "Bằng khen của Chủ tịch UBND tỉnh"},
    {"label": "Đợt", "value": "Khen thưởng hằng năm 2023"},
    {"label": "Số đến, ngày đến", "value": "118, ngày 20/02/2024"},
    {"label": "Giấy tiếp nhận", "value": None},
    {
        "label": "Tóm tắt thành tích",
        "wide": True,
        "value": "Giúp 14 hộ nghèo trong thôn về giống, vốn và ngày công; hiến 400 m² đất làm đường vào khu sản xuất.",
    },
]

OPINIONS: list[dict[str, Any]] = [
    {
        "unit": "Sở Lao động - Thương binh và Xã hội",
        "advice": "for",
        "reasons": "Số liệu hộ nghèo khớp.",
        "at": INSTANT,
    },
    {
        "unit": "Sở Nội vụ",
        "advice": "against",
        "reasons": "Chưa đủ.",
        "who": "Lê Văn Thí Dụ",
        "voided": "Báo cáo đã sửa.",
    },
    {"unit": "Công an tỉnh", "advice": None, "reasons": None, "due_on": DAY, "kind": "Lấy ý kiến"},
]
OUTCOMES: list[dict[str, Any]] = [
    {"label": "HS-2024-0117", "ok": True, "url": "#"},
    {"label": "HS-2024-0121", "ok": False, "reason": "Hồ sơ đang ở đơn vị, chưa gửi lại."},
]

MISSING: list[dict[str, Any]] = [
    {"text": "Báo cáo thành tích chưa có xác nhận", "url": "#"},
    {"text": "Tiêu chí 1.3.7 chưa có giải trình", "url": "#", "hard": False},
]
TILES: list[dict[str, Any]] = [
    {"label": "Chờ tôi xử lý", "value": 12, "url": "#", "icon": "inbox", "note": "2 hồ sơ quá hạn", "tone": "bad"},
    {"label": "Đang ở Hội đồng", "value": 45, "url": "#", "icon": "users-group"},
    {"label": "Đúng hạn", "value": "96%", "icon": "circle-check", "tone": "ok", "note": "quý I năm 2024"},
    {"label": "Tiền thưởng dự kiến", "value": "148,5 tr", "icon": "coin", "url": "#"},
]
