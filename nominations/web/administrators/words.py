"""What duties, seats, kinds of unit, of day and of figure are called on the administrators' pages."""

from __future__ import annotations

from collections.abc import Mapping

from nominations.web.lazily import lazily as _

DUTIES: Mapping[str, str] = {
    "nominator": _("Người lập hồ sơ"),
    "appraiser": _("Chuyên viên thẩm định"),
    "secretary": _("Thư ký Hội đồng"),
    "head": _("Người đứng đầu"),
    "deputy": _("Cấp phó"),
    "office": _("Văn phòng"),
    "clerk": _("Văn thư"),
    "asked_body": _("Cơ quan được hỏi ý kiến"),
    "supervisor": _("Giám sát"),
    "auditor": _("Kiểm tra, thanh tra"),
    "admin": _("Quản trị viên"),
}
DELEGATED: Mapping[str, str] = {
    "TL": _("Thừa lệnh (TL.)"),
    "TUQ": _("Thừa ủy quyền (TUQ.)"),
    "cover": _("Làm thay"),
}
SEATS: Mapping[str, str] = {
    "chair": _("Chủ tịch Hội đồng"),
    "vice_chair": _("Phó Chủ tịch"),
    "standing": _("Uỷ viên thường trực"),
    "member": _("Uỷ viên"),
    "secretary": _("Thư ký (không biểu quyết)"),
}
UNIT_KINDS: Mapping[str, str] = {
    "province": _("Tỉnh"),
    "city": _("Thành phố"),
    "town": _("Thị xã"),
    "district": _("Huyện"),
    "ward": _("Phường"),
    "township": _("Thị trấn"),
    "commune": _("Xã"),
    "department": _("Sở, ban, ngành"),
    "mass_organisation": _("Mặt trận, đoàn thể"),
    "enterprise": _("Doanh nghiệp"),
    "cooperative": _("Hợp tác xã"),
    "central_agency": _("Cơ quan Trung ương tại tỉnh"),
    "board": _("Ban"),
    "office": _("Văn phòng"),
    "district_office": _("Phòng, ban cấp huyện"),
    "party": _("Cơ quan Đảng"),
}
OPENED_KINDS = ("enterprise", "cooperative", "department", "mass_organisation", "central_agency", "board", "office")
ROUND_KINDS: Mapping[str, str] = {
    "annual": _("Hằng năm"),
    "midterm": _("Sơ kết"),
    "final": _("Tổng kết"),
}
DAY_KINDS: Mapping[str, str] = {
    "holiday": _("Nghỉ lễ, Tết"),
    "day_off_in_lieu": _("Nghỉ bù, nghỉ hoán đổi"),
    "swapped_workday": _("Làm bù (thứ Bảy, Chủ nhật)"),
}
VALUE_KINDS: Mapping[str, str] = {
    "base_salary": _("Lương cơ sở (đồng/tháng)"),
    "bonus_coefficient": _("Hệ số tiền thưởng cá nhân"),
    "bonus_multiplier": _("Số nhân theo loại được khen"),
    "written_poll_days": _("Số ngày làm việc để thành viên Hội đồng vắng mặt trả lời bằng văn bản"),
}
SUBJECTS: dict[str, str] = {
    "individual": _("Cá nhân"),
    "collective": _("Tập thể"),
    "household": _("Hộ gia đình"),
}
QUOTA_KINDS: Mapping[str, str] = SUBJECTS | {"any": _("Mọi loại")}
TOPICS: Mapping[str, str] = {
    "nomination": _("Thông báo việc của hồ sơ"),
    "mail": _("Thư báo"),
}
PROOFS: Mapping[str, str] = {
    "unique_names": _("Tên cấp, bước, cặp không kiêm nhiệm đều không trùng."),
    "papers_once": _("Mỗi loại giấy tờ chỉ hỏi một lần với mỗi trường hợp."),
    "stages": _("Mỗi cấp có bước kiểm tra trước khi biểu quyết hay ký, và đúng một cấp quyết định."),
    "routes": _("Từ mọi nơi vào, hồ sơ đi tới được cấp quyết định."),
    "roles_and_substitutes": _("Mỗi bước có người giữ và người thay; mỗi việc có vai trò được làm."),
    "sources": _("Mỗi giá trị pháp lý có dấu nguồn."),
    "basis": _("Quy trình nêu căn cứ pháp lý."),
    "reachable": _("Mọi trạng thái đều tới được."),
    "can_end": _("Mọi trạng thái mở đều có thể kết thúc, và kết thúc thì không đi tiếp."),
    "separation": _("Trên mọi đường đi, không một người nào tự đưa hồ sơ tới quyết định."),
}


def pairs(words: Mapping[str, str], only: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """The options of a list, in their order."""
    return [(value, str(label)) for value, label in words.items() if not only or value in only]


# What a reorganisation finds beside files, and what becomes of it.
FINDINGS: Mapping[str, str] = {
    "post": _("Nhiệm vụ kết thúc"),
    "post_follows": _("Nhiệm vụ theo sang"),
    "council": _("Hội đồng kết thúc"),
    "account": _("Tài khoản"),
    "figure": _("Số liệu hộ nghèo"),
    "quota": _("Chỉ tiêu"),
    "round": _("Đợt xét"),
    "nominee": _("Nơi của người được đề nghị"),
    "import": _("Bảng đang nhập"),
    "unit": _("Đơn vị bên dưới"),
    "opinion": _("Ý kiến đang hỏi"),
    "succession": _("Đơn vị kế thừa"),
}
RESULTS: Mapping[str, str] = {
    "moves": _("chuyển"),
    "stays": _("giữ nguyên"),
    "stuck": _("chờ quyết định"),
}
# What keeps a running file on an earlier version of its flow.
BREAKS: Mapping[str, str] = {
    "step_gone": _("Bản mới không còn bước hồ sơ đang ở."),
    "paper_missing": _("Bản mới đòi giấy tờ hồ sơ chưa có:"),
    "pair_violated": _("Theo bản mới, một người đã làm hai việc không được kiêm:"),
}
