"""What acts, streams and the fields of an entry are called, and how an entry's value reads."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from flask_babel import gettext as _

from nominations.queries.audit import MEETINGS
from nominations.web.ground import lang
from nominations.web.lazily import lazily
from workflows import ACTIONS, action_label

_ACTS: Mapping[str, str] = {
    "create": lazily("Lập hồ sơ"),
    "save_printer": lazily("Ghi độ lệch của máy in"),
    "record_sheet": lazily("Ghi phôi bằng khen, giấy khen"),
    "take_over": lazily("Lập hồ sơ thay hồ sơ theo hình thức trước"),
    "attach": lazily("Đính kèm giấy tờ"),
    "detach": lazily("Bỏ giấy tờ"),
    "name_person": lazily("Ghi tài khoản của người được đề nghị"),
    "strike_person": lazily("Gỡ tài khoản ghi cho người được đề nghị"),
    "withheld": lazily("Việc không thuộc phạm vi xem"),
    "login": lazily("Đăng nhập"),
    "login_fail": lazily("Đăng nhập không thành"),
    "logout": lazily("Đăng xuất"),
    "create_person": lazily("Lập tài khoản"),
    "set_password": lazily("Đặt lại mật khẩu"),
    "activate": lazily("Mở tài khoản"),
    "deactivate": lazily("Khoá tài khoản"),
    "grant": lazily("Giao nhiệm vụ"),
    "revoke": lazily("Thôi giao nhiệm vụ"),
    "issue_token": lazily("Cấp khoá API"),
    "revoke_token": lazily("Thu hồi khoá API"),
    "open_council": lazily("Lập Hội đồng"),
    "seat": lazily("Cử thành viên Hội đồng"),
    "end_seat": lazily("Thôi thành viên Hội đồng"),
    "close_council": lazily("Kết thúc Hội đồng"),
    "declare_conflict": lazily("Khai không tham gia xét"),
    "call_meeting": lazily("Gọi phiên họp Hội đồng"),
    "change_meeting": lazily("Sửa thông tin phiên họp"),
    "put_on_agenda": lazily("Đưa hồ sơ vào chương trình"),
    "take_off_agenda": lazily("Rút hồ sơ khỏi chương trình"),
    "order_agenda": lazily("Xếp thứ tự chương trình"),
    "attendance": lazily("Ghi điểm danh phiên họp"),
    "ask_in_writing": lazily("Lấy ý kiến thành viên vắng mặt"),
    "ballots": lazily("Bỏ phiếu cả phiên họp"),
    "count_ballots": lazily("Ghi kết quả kiểm phiếu cả phiên họp"),
    "confirm_ballots": lazily("Xác nhận kết quả kiểm phiếu cả phiên họp"),
    "sign_minutes": lazily("Ký biên bản phiên họp"),
    "open_unit": lazily("Lập cơ quan, đơn vị"),
    "set_succession": lazily("Ghi đơn vị kế thừa"),
    "choose_successor": lazily("Chọn đơn vị nhận cho một hồ sơ"),
    "reorganise": lazily("Chuyển theo sắp xếp đơn vị"),
    "reorganise_done": lazily("Xong việc chuyển theo sắp xếp đơn vị"),
    "migrate_flow": lazily("Chuyển sang bản quy trình mới"),
    "migrate_flow_done": lazily("Xong việc chuyển sang bản quy trình mới"),
    "name_log": lazily("Đặt tên nhật ký"),
    "add_reference": lazily("Nạp dữ liệu nền"),
    "add_figures": lazily("Nạp số liệu hộ nghèo"),
    "record_figure": lazily("Ghi số liệu hộ nghèo"),
    "publish_flow": lazily("Ban hành quy trình"),
    "create_round": lazily("Mở đợt xét"),
    "change_round": lazily("Sửa đợt xét"),
    "delegate": lazily("Giao việc cho người khác"),
    "end_delegation": lazily("Kết thúc việc giao"),
    "close_round": lazily("Đóng đợt xét"),
    "add_quota": lazily("Đặt chỉ tiêu của đợt"),
    "change_quota": lazily("Sửa chỉ tiêu của đợt"),
    "set_posting": lazily("Đặt niêm yết công khai của đợt"),
    "set_holiday": lazily("Sửa lịch nghỉ"),
    "set_due_soon": lazily("Đặt số ngày nhắc trước hạn"),
    "remove_holiday": lazily("Bỏ ngày trong lịch nghỉ"),
    "add_legal_value": lazily("Ghi giá trị pháp lý"),
    "correct_legal_value": lazily("Sửa giá trị pháp lý"),
    "set": lazily("Sửa thiết lập"),
    "receive_consultation": lazily("Ghi văn bản hỏi hiệp y"),
    "draft_consultation": lazily("Soạn ý kiến hiệp y"),
    "send_consultation": lazily("Ghi văn bản trả lời hiệp y"),
    "record_mark": lazily("Ghi điều cần lưu ý"),
    "close_mark": lazily("Kết thúc điều cần lưu ý"),
    "save_report": lazily("Lưu báo cáo phong trào"),
    "submit_report": lazily("Gửi báo cáo phong trào"),
    "return_report": lazily("Trả lại báo cáo phong trào"),
    "accept_report": lazily("Tiếp nhận báo cáo phong trào"),
    "issue_compiled": lazily("Ban hành báo cáo tổng hợp"),
    "remind_reports": lazily("Nhắc gửi báo cáo phong trào"),
    "mark_milestone": lazily("Ghi nhận mốc của kế hoạch"),
    "register_paper": lazily("Đăng ký văn bản triển khai"),
    "withdraw_paper": lazily("Rút văn bản khỏi sổ"),
    "add_model": lazily("Ghi mô hình nhân rộng"),
    "give_consent": lazily("Ghi sự đồng ý nêu tên"),
    "withdraw_consent": lazily("Ghi rút lại sự đồng ý"),
    "hand_over": lazily("Chuyển mô hình cho báo chí"),
    "add_social_figure": lazily("Ghi số liệu nhà, Quỹ, Tháng cao điểm"),
    "propose_change": lazily("Gửi khó khăn, đề xuất"),
    "give_opinion": lazily("Cho ý kiến về đề xuất"),
    "decide_change": lazily("Ghi quyết định điều chỉnh kế hoạch"),
    "plan_inspection": lazily("Lập kế hoạch kiểm tra"),
    "conclude_inspection": lazily("Ghi kết luận kiểm tra"),
    "add_inspection_finding": lazily("Ghi tồn tại, kiến nghị"),
    "answer_inspection_finding": lazily("Trả lời kết luận kiểm tra"),
    "remark": lazily("Nêu ý kiến giám sát"),
    "answer_remark": lazily("Trả lời ý kiến giám sát"),
    "set_reading": lazily("Đặt cách hiểu kế hoạch"),
    "bring_in_awards": lazily("Nhập bảng khen thưởng trước đây"),
    "add_past_awards": lazily("Ghi khen thưởng trước đây"),
    "bring_in_list": lazily("Nhập danh sách đề nghị"),
    "leave_out_rows": lazily("Bỏ dòng của danh sách đề nghị"),
    "mend_list": lazily("Sửa dòng của danh sách đề nghị"),
    "make_drafts": lazily("Lập hồ sơ nháp theo danh sách"),
}
_STREAMS: Mapping[str, str] = {
    "people": lazily("Tài khoản, nhiệm vụ, Hội đồng"),
    "units": lazily("Cơ quan, đơn vị"),
    "settings": lazily("Quy trình, đợt xét, thiết lập"),
    "access": lazily("Đăng nhập, đăng xuất"),
    "lists": lazily("Danh sách đề nghị nhập vào"),
    "movement": lazily("Sổ theo dõi phong trào"),
    "reports": lazily("Báo cáo và mốc của phong trào"),
    "consultations": lazily("Hiệp y đến: bộ, ngành hỏi ý kiến của tỉnh"),
    "certificates": lazily("In bằng khen, giấy khen và phôi"),
    "nominees": lazily("Điều cần lưu ý và khen thưởng trước đây của người được đề nghị"),
}
_FIELDS: Mapping[str, str] = {
    "v": lazily("Dạng ghi"),
    "log": lazily("Nhật ký"),
    "at": lazily("Thời điểm (UTC)"),
    "act": lazily("Việc"),
    "actor": lazily("Người làm (mã ngẫu nhiên)"),
    "post": lazily("Theo nhiệm vụ (mã ngẫu nhiên)"),
    "behalf": lazily("Làm thay"),
    "auth": lazily("Cách đăng nhập"),
    "nomination": lazily("Hồ sơ"),
    "stream": lazily("Chuỗi"),
    "cseq": lazily("Bước trong chuỗi"),
    "cprev": lazily("Mã của dòng trước"),
    "from": lazily("Từ trạng thái"),
    "to": lazily("Sang trạng thái"),
    "ver": lazily("Phiên bản sau việc này"),
    "seen": lazily("Phiên bản người làm đang xem"),
    "wf": lazily("Quy trình đã cho phép (SHA-256)"),
    "snap": lazily("Cam kết nội dung hồ sơ lúc đó"),
    "body": lazily("Cam kết phần lời và hoàn cảnh"),
    "req": lazily("Mã yêu cầu"),
}
_SAID: Mapping[str, str] = {
    "input": lazily("Nội dung nhập"),
    "reasons": lazily("Lý do"),
    "reason_code": lazily("Mã lý do"),
    "note": lazily("Ghi chú"),
    "list": lazily("Danh sách (mã ngẫu nhiên)"),
    "row": lazily("Dòng"),
    "rows": lazily("Các dòng"),
    "left_out": lazily("Các dòng đã bỏ"),
    "faults": lazily("Sai sót"),
    "sections": lazily("Phần hồ sơ"),
    "advice": lazily("Ý kiến"),
    "choice": lazily("Lựa chọn"),
    "address": lazily("Địa chỉ máy"),
    "agent": lazily("Trình duyệt"),
    "request": lazily("Dấu của yêu cầu"),
    "code": lazily("Hồ sơ"),
    "person": lazily("Người (mã ngẫu nhiên)"),
    "unit": lazily("Đơn vị (số hàng)"),
    "duty": lazily("Nhiệm vụ"),
    "signed_on": lazily("Ngày ký"),
    "number": lazily("Số"),
    "numbered_on": lazily("Ngày văn bản"),
    "arrived_on": lazily("Ngày đến"),
    "arrival_number": lazily("Số đến"),
}


def act_words(act: str) -> str:
    """What somebody did, by its stable verb."""
    return action_label(act, lang()) if act in ACTIONS else str(_ACTS.get(act, act))


def stream_words(stream: str) -> str:
    """What a stream is about."""
    if stream.startswith(MEETINGS):
        return _("Phiên họp Hội đồng %(key)s", key=stream.removeprefix(MEETINGS))
    return str(_STREAMS.get(stream, stream))


def field_words(field: str) -> str:
    """What a field of an entry holds."""
    return str(_FIELDS.get(field, field))


def said_rows(payload: bytes) -> list[dict[str, str]]:
    """What was said with an act, a line for each value, nested names joined by dots."""
    try:
        said = json.loads(payload)
    except ValueError:
        return []
    return [{"name": name, "label": _label(name), "value": value} for name, value in _flat(said, "")]


def _label(name: str) -> str:
    return str(_SAID.get(name.rpartition(".")[2], name))


def _flat(said: object, name: str) -> Iterator[tuple[str, str]]:
    """Every value with its name; a list of plain values is one."""
    if isinstance(said, dict):
        for key, value in said.items():
            yield from _flat(value, f"{name}.{key}" if name else str(key))
    elif isinstance(said, list) and any(isinstance(value, dict | list) for value in said):
        for number, value in enumerate(said, 1):
            yield from _flat(value, f"{name}.{number}")
    else:
        shown = ", ".join(map(str, said)) if isinstance(said, list) else "" if said is None else str(said)
        yield name, shown
