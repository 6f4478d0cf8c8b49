"""What the fields of an action's form are called, and the quiet line under them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from nominations.web.lazily import lazily as _


class Words(NamedTuple):
    """Label and hint of a field."""

    label: str
    hint: str = ""


_FILES = _("PDF, ảnh PNG hoặc JPEG, DOCX, XLSX; tối đa 20 MB.")

_ANYWHERE: Mapping[str, Words] = {
    "arrival_number": Words(_("Số đến"), _("Số ghi trong sổ văn bản đến của cơ quan.")),
    "arrived_on": Words(_("Ngày đến"), _("Ngày nhận đủ hồ sơ giấy; để trống là hôm nay. Dạng ngày/tháng/năm.")),
    "arrival_paper": Words(_("Bản chụp trang sổ văn bản đến"), _FILES),
    "advice": Words(_("Ý kiến")),
    "reasons": Words(_("Lý do, nhận xét")),
    "reason_code": Words(_("Lý do theo danh mục")),
    "by_criterion": Words(_("Nhận xét từng tiêu chí")),
    "choice": Words(_("Biểu quyết")),
    "note": Words(_("Ghi chú"), _("Không bắt buộc.")),
    "issued": Words(_("Số phiếu phát ra")),
    "returned": Words(_("Số phiếu thu về")),
    "valid": Words(_("Số phiếu hợp lệ")),
    "agree": Words(_("Đồng ý")),
    "disagree": Words(_("Không đồng ý")),
    "abstain": Words(_("Không tham gia biểu quyết")),
    "minutes_sha": Words(_("Biên bản kiểm phiếu đã ký"), _FILES),
    "held_on": Words(_("Ngày họp Hội đồng"), _("Để trống là hôm nay. Dạng ngày/tháng/năm.")),
    "outcome": Words(_("Văn bản đã ký là")),
    "signer": Words(_("Người ký")),
    "signed_on": Words(_("Ngày ký")),
    "signed_file": Words(_("Bản chụp văn bản đã ký"), _FILES),
    "number": Words(_("Số văn bản"), _("Số do văn thư cấp, đúng như ghi trên văn bản.")),
    "numbered_on": Words(_("Ngày văn bản")),
    "decided_on": Words(_("Ngày quyết định")),
    "mode": Words(_("Trả về đâu")),
    "sections": Words(_("Mở thêm phần hồ sơ để sửa"), _("Phần có sai sót nêu ở trên đã tự mở lại.")),
    "faults": Words(_("Sai sót"), _("Nêu hết sai sót trong một lần trả; dòng để trống được bỏ qua.")),
    "ground": Words(_("Căn cứ tạm dừng xét")),
    "document_sha": Words(_("Văn bản làm căn cứ"), _FILES),
    "posted_on": Words(_("Ngày bắt đầu niêm yết"), _("Để trống là hôm nay. Dạng ngày/tháng/năm.")),
    "places": Words(_("Nơi niêm yết"), _("Để trống là nơi ghi trong đợt xét.")),
    "ended_on": Words(_("Ngày kết thúc niêm yết"), _("Để trống là hôm nay. Dạng ngày/tháng/năm.")),
    "remarks": Words(
        _("Ý kiến nhận được khi niêm yết"), _("Không bắt buộc. Đơn khiếu nại, tố cáo ghi ở Điều cần lưu ý.")
    ),
    "kind": Words(_("Hỏi về")),
    "bodies": Words(_("Cơ quan được hỏi"), _("Chọn một hoặc nhiều; cơ quan được đề xuất đứng đầu.")),
    "outside": Words(_("Cơ quan ngoài tỉnh"), _("Bộ, ngành trung ương: ghi tên, trả lời bằng văn bản.")),
    "question": Words(_("Nội dung cần cho ý kiến")),
    "papers": Words(_("Giấy tờ gửi kèm"), _("Cơ quan được hỏi chỉ đọc phần hồ sơ và giấy tờ được gửi.")),
    "request": Words(_("Yêu cầu lấy ý kiến")),
    "reply_number": Words(_("Số văn bản trả lời")),
    "replied_on": Words(_("Ngày văn bản trả lời")),
    "reply_paper": Words(_("Bản chụp văn bản trả lời"), _FILES),
    "right_name": Words(_("Họ tên, tên gọi đúng"), _("Chỉ điền mục cần đính chính; để trống mục khác.")),
    "right_address": Words(_("Địa chỉ đúng")),
    "right_birth_year": Words(_("Năm sinh đúng")),
    "right_number": Words(_("Số quyết định đúng"), _("Chỉ phần số, như văn thư đã cấp.")),
    "right_amount": Words(_("Số tiền thưởng đúng (đồng)"), _("Số nguyên, không có dấu chấm.")),
    "cause": Words(_("Vì sao cấp lại")),
    "form": Words(_("Hình thức đề nghị mới")),
    "review_on": Words(_("Ngày xem lại"), _("Không bắt buộc. Dạng ngày/tháng/năm.")),
}

_AT: Mapping[tuple[str, str], Words] = {
    ("number", "number"): Words(_("Số văn bản"), _("Số do văn thư cấp, đúng như ghi trên văn bản.")),
    ("record_central_result", "number"): Words(_("Số quyết định"), _("Không bắt buộc khi không khen thưởng.")),
    ("record_central_result", "outcome"): Words(_("Kết quả của Trung ương")),
    ("record_central_result", "reasons"): Words(_("Ghi chú"), _("Không bắt buộc.")),
    ("return", "document_sha"): Words(_("Văn bản trả hồ sơ"), _("Bắt buộc khi Trung ương trả hồ sơ.")),
    ("approve_return", "reasons"): Words(_("Lý do cho trả hồ sơ lần nữa")),
    ("reopen_ballot", "reasons"): Words(_("Lý do mở lại biểu quyết")),
    ("send_back", "reasons"): Words(_("Nội dung cần sửa trong dự thảo")),
    ("pass_down", "reasons"): Words(_("Nội dung cần bổ sung"), _("Không bắt buộc; sai sót đã nêu vẫn kèm theo.")),
    ("pass_down", "sections"): Words(_("Phần hồ sơ giao bổ sung"), _("Để trống là tất cả các phần đang mở.")),
    ("propose_hold", "reasons"): Words(_("Nội dung sự việc")),
    ("decline_hold", "reasons"): Words(_("Lý do không duyệt")),
    ("resume", "reasons"): Words(_("Kết luận và lý do tiếp tục xét")),
    ("end_posting", "minutes_sha"): Words(_("Biên bản kết thúc niêm yết đã ký"), _FILES),
    ("ask_opinion", "sections"): Words(_("Phần hồ sơ gửi kèm"), _("Để trống là phần mà loại ý kiến này xem xét.")),
    ("record_reply", "reasons"): Words(_("Nội dung trả lời")),
    ("withdraw_request", "reasons"): Words(_("Lý do rút yêu cầu")),
    ("other_form", "reasons"): Words(_("Vì sao chuyển hình thức"), _("Được ghi trong thông báo gửi đơn vị đề nghị.")),
    ("other_form", "document_sha"): Words(_("Văn bản làm căn cứ"), _("Không bắt buộc.")),
    ("propose_anew", "reasons"): Words(_("Vì sao đề nghị lại theo hình thức khác")),
    ("propose_anew", "document_sha"): Words(_("Văn bản làm căn cứ"), _("Không bắt buộc.")),
    ("end_without_competence", "reasons"): Words(_("Ghi rõ lý do"), _("Được ghi trong thông báo.")),
    ("annul", "ground"): Words(_("Căn cứ hủy bỏ")),
    ("annul", "reasons"): Words(_("Ghi rõ sự việc, lý do hủy bỏ"), _("Được ghi trong quyết định hủy bỏ.")),
    ("propose_annulment", "ground"): Words(_("Căn cứ hủy bỏ")),
    ("propose_annulment", "reasons"): Words(_("Ghi rõ sự việc, lý do đề nghị hủy bỏ")),
    ("propose_annulment", "signed_on"): Words(_("Ngày ký tờ trình"), _("Để trống là hôm nay.")),
    ("propose_annulment", "signed_file"): Words(
        _("Bản chụp tờ trình đã ký"), _("Bắt buộc khi ghi nhận thay người ký.")
    ),
    ("record_central_annulment", "ground"): Words(_("Căn cứ hủy bỏ")),
    ("record_central_annulment", "reasons"): Words(_("Lý do ghi trong quyết định của Trung ương")),
    ("record_central_annulment", "document_sha"): Words(_("Quyết định hủy bỏ của Trung ương"), _FILES),
    ("record_central_annulment", "number"): Words(_("Số quyết định hủy bỏ")),
    ("record_central_annulment", "decided_on"): Words(_("Ngày quyết định hủy bỏ")),
    ("propose_correction", "reasons"): Words(_("Vì sao sai, căn cứ đính chính"), _("Được ghi trong quyết định.")),
    ("propose_correction", "document_sha"): Words(_("Giấy tờ chứng minh"), _("Không bắt buộc.")),
    ("decline_correction", "reasons"): Words(_("Lý do không đính chính")),
    ("reissue", "reasons"): Words(_("Ghi rõ sự việc")),
    ("reissue", "document_sha"): Words(_("Đơn, văn bản đề nghị cấp lại"), _FILES),
    ("withdraw", "reasons"): Words(_("Lý do rút đề nghị")),
    ("resubmit", "note"): Words(_("Đã bổ sung, chỉnh sửa những gì"), _("Không bắt buộc.")),
    ("not_send_up", "reasons"): Words(_("Ghi rõ lý do")),
    ("not_award", "reasons"): Words(_("Ghi rõ lý do")),
    ("send_up", "reasons"): Words(_("Ghi rõ lý do ký khác kết quả biểu quyết"), _("Được nêu đầu phiếu trình.")),
    ("award", "reasons"): Words(_("Ghi rõ lý do ký khác kết quả biểu quyết"), _("Được nêu đầu phiếu trình.")),
    ("record_signature", "reason_code"): Words(
        _("Lý do theo danh mục"), _("Cần khi văn bản không khen thưởng, không trình, hoặc khác kết quả biểu quyết.")
    ),
    ("record_signature", "reasons"): Words(_("Ghi rõ lý do"), _("Cần khi đã chọn lý do.")),
}

CHOICES: Mapping[str, Mapping[str, str]] = {
    "advice": {
        "for": _("Đề nghị khen thưởng"),
        "against": _("Đề nghị không khen thưởng"),
        "neutral": _("Có ý kiến khác"),
    },
    "choice": {
        "agree": _("Đồng ý"),
        "disagree": _("Không đồng ý"),
        "abstain": _("Không tham gia biểu quyết"),
    },
    "outcome": {
        "send_up": _("Tờ trình chuyển cấp trên"),
        "not_send_up": _("Văn bản không trình"),
        "award": _("Quyết định khen thưởng"),
        "not_award": _("Văn bản không khen thưởng"),
        "awarded": _("Được khen thưởng"),
        "not_awarded": _("Không khen thưởng"),
    },
    "mode": {
        "chain": _("Đơn vị đã ký tờ trình gửi đến (đơn vị ấy có thể chuyển xuống tiếp)"),
        "direct": _("Thẳng người lập hồ sơ; số liệu đã sửa thì các cấp dưới xác nhận lại"),
    },
    "form": {
        "GK-XA": _("Giấy khen của Chủ tịch UBND cấp xã"),
        "GK-HUYEN": _("Giấy khen của Chủ tịch UBND cấp huyện"),
        "GK-SO": _("Giấy khen của Giám đốc sở, thủ trưởng cơ quan"),
        "GK-DN": _("Giấy khen của doanh nghiệp, hợp tác xã"),
        "BK-TINH": _("Bằng khen của Chủ tịch UBND tỉnh"),
        "BK-TTG": _("Bằng khen của Thủ tướng Chính phủ"),
    },
    "cause": {
        "lost": _("Bị mất"),
        "spoiled": _("Bị hư hỏng"),
        "corrected": _("Nội dung đã được đính chính"),
    },
    "met": {"1": _("Đạt"), "0": _("Chưa đạt")},
}

# What follows from the act, said before it is done.
CONSEQUENCES: Mapping[str, str] = {
    "submit": _("Nội dung được niêm lại thành một bản hồ sơ và chuyển tới nơi tiếp nhận."),
    "recall": _("Hồ sơ trở về bản nháp để sửa; nơi tiếp nhận không còn thấy việc này."),
    "accept": _("Hồ sơ được coi là đầy đủ; thời hạn giải quyết tính từ ngày đến."),
    "check": _("Ý kiến thẩm tra được ghi vào hồ sơ và chuyển bước tiếp theo."),
    "recommend": _("Ý kiến thẩm định được ghi vào hồ sơ và chuyển sang Hội đồng. Ý kiến không thay cho quyết định."),
    "begin_posting": _("Danh sách được niêm yết đủ số ngày của đợt; hết hạn thì ghi kết thúc kèm biên bản."),
    "end_posting": _("Biên bản được ghi vào hồ sơ; hồ sơ có thể đưa ra Hội đồng."),
    "ask_opinion": _("Mỗi cơ quan nhận một việc riêng, chỉ đọc phần được gửi kèm, và trả lời trong thời hạn."),
    "reply_opinion": _("Ý kiến được ghi vào hồ sơ; ý kiến không thay cho quyết định và không sửa lại được."),
    "record_reply": _("Trả lời trên giấy được ghi vào hồ sơ với số, ngày và bản chụp; nhật ký ghi người ghi nhận."),
    "remind_opinion": _("Cơ quan được hỏi nhận thông báo đôn đốc; hạn trả lời không đổi."),
    "withdraw_request": _("Cơ quan được hỏi không phải trả lời nữa; yêu cầu vẫn còn trong hồ sơ."),
    "ballot": _("Phiếu tính trên tổng số thành viên Hội đồng và không sửa lại được."),
    "record_counts": _("Người thứ hai của tổ kiểm phiếu phải xác nhận thì kết quả mới có giá trị."),
    "confirm_counts": _("Kết quả kiểm phiếu trở thành kết quả biểu quyết của Hội đồng."),
    "close_ballot": _("Kết quả được chốt trên tổng số thành viên, rồi chuyển sang bước ký."),
    "reopen_ballot": _("Hồ sơ trở lại bước Hội đồng; phiếu đã ghi giữ nguyên, kết quả kiểm phiếu phải xác nhận lại."),
    "send_up": _("Tờ trình được ký và chuyển văn thư cấp số, sau đó gửi cấp trên."),
    "not_send_up": _("Hồ sơ kết thúc tại đây: không trình cấp trên."),
    "award": _("Quyết định khen thưởng được ký và chuyển văn thư cấp số."),
    "not_award": _("Hồ sơ kết thúc tại đây: không khen thưởng."),
    "record_signature": _("Nhật ký ghi cả người ghi nhận và người đã ký."),
    "number": _("Số và ngày là duy nhất trong năm của cơ quan; văn bản được phát hành."),
    "record_central_result": _("Ghi đúng văn bản của Trung ương; hồ sơ kết thúc với kết quả này."),
    "return": _("Thời hạn giải quyết dừng lại trong khi hồ sơ được bổ sung."),
    "approve_return": _("Chuyên viên được trả hồ sơ thêm một lần ở cấp này."),
    "send_back": _("Dự thảo trở về người chuẩn bị trong cơ quan; thời hạn vẫn tính."),
    "pass_down": _("Nơi đã gửi hồ sơ lên sẽ bổ sung rồi nộp lại."),
    "resubmit": _("Hồ sơ về thẳng nơi đã trả; những gì đã quyết mà không bị sửa vẫn giữ nguyên."),
    "reconfirm": _("Cấp của đồng chí xác nhận lại những số liệu đã được sửa."),
    "propose_hold": _("Lãnh đạo đơn vị duyệt thì hồ sơ mới tạm dừng. Chỉ đơn vị và kiểm toán thấy lý do."),
    "hold": _("Hồ sơ tạm dừng xét; bên ngoài chỉ thấy “tạm dừng xét”, không thấy lý do."),
    "decline_hold": _("Đề nghị tạm dừng kết thúc, hồ sơ xét tiếp. Chỉ đơn vị và kiểm toán thấy lý do."),
    "resume": _("Hồ sơ trở lại bước đang xét và thời hạn tính tiếp."),
    "withdraw": _("Hồ sơ kết thúc tại đây và không xét tiếp trong đợt này."),
    "other_form": _("Hồ sơ này kết thúc; một hồ sơ liên kết theo hình thức mới được gửi tới cấp có thẩm quyền xét."),
    "propose_anew": _("Hồ sơ này kết thúc; một hồ sơ liên kết theo hình thức mới được gửi tới cấp có thẩm quyền xét."),
    "end_without_competence": _("Hồ sơ kết thúc: không còn cơ quan nào có thẩm quyền quyết định hình thức này."),
    "annul": _("Quyết định hết giá trị ngay: tra cứu công khai ghi đã hủy bỏ, bằng và tiền thưởng phải nộp lại."),
    "propose_annulment": _(
        "Trung ương quyết định; bằng khen vẫn có giá trị cho đến khi ghi văn bản hủy bỏ của Trung ương."
    ),
    "record_central_annulment": _("Tra cứu công khai ghi đã hủy bỏ; bằng khen và tiền thưởng phải nộp lại."),
    "propose_correction": _("Người có thẩm quyền ký thì nội dung mới đổi. Người đề nghị không tự ký."),
    "approve_correction": _(
        "Sổ khen thưởng, tra cứu công khai và văn bản in ra theo nội dung đúng; bản đã ký vẫn giữ."
    ),
    "decline_correction": _("Đề nghị đính chính kết thúc; quyết định giữ nguyên như đã ký."),
    "reissue": _("Bản cũ hết giá trị: mã cũ trả lời đã được thay. Số vào sổ khen thưởng giữ nguyên."),
    "number_act": _("Số và ngày là duy nhất trong năm của cơ quan; văn bản hủy bỏ, đính chính được phát hành."),
}


def words(action: str, field: str) -> Words:
    """Label and hint of a field of an action's form."""
    return _AT.get((action, field)) or _ANYWHERE[field]


# A duty as the holder of a file is named: never a person.
DUTIES: Mapping[str, str] = {
    "nominator": _("người lập hồ sơ"),
    "appraiser": _("chuyên viên thẩm định"),
    "secretary": _("thư ký Hội đồng"),
    "head": _("lãnh đạo đơn vị"),
    "deputy": _("cấp phó của lãnh đạo đơn vị"),
    "office": _("văn phòng"),
    "clerk": _("văn thư"),
    "asked_body": _("cơ quan được hỏi ý kiến"),
}
KINDS: Mapping[str, str] = {
    "individual": _("Cá nhân"),
    "collective": _("Tập thể"),
    "household": _("Hộ gia đình"),
}
OPINIONS: Mapping[str, str] = {
    "appraisal": _("Ý kiến thẩm định"),
    "check": _("Ý kiến thẩm tra"),
    "consultation": _("Ý kiến của cơ quan được hỏi"),
}
OUTCOMES_OF_REQUESTS: Mapping[str, str] = {
    "answered": _("Đã trả lời"),
    "withdrawn": _("Đã rút yêu cầu"),
    "fallen": _("Không còn tính: nội dung đã hỏi được sửa"),
    "ended": _("Kết thúc cùng hồ sơ"),
}
# What the clock of the asking step does while an opinion is out.
CLOCKS: Mapping[str, str] = {
    "runs": _("thời hạn của bước vẫn tính"),
    "pauses": _("thời hạn của bước tạm dừng trong khi chờ"),
    "lengthens": _("bước này được thêm ngày"),
}
DECISIONS: Mapping[str, str] = {
    "letter": _("Tờ trình"),
    "award": _("Quyết định khen thưởng"),
    "not_awarded": _("Văn bản không khen thưởng"),
    "not_sent_up": _("Văn bản không trình"),
    "central_awarded": _("Quyết định khen thưởng của Trung ương"),
    "central_not_awarded": _("Trung ương không khen thưởng"),
}
RETURN_MODES: Mapping[str, str] = {
    "chain": _("trả đơn vị đã ký tờ trình"),
    "direct": _("trả thẳng người lập hồ sơ"),
    "passed_down": _("chuyển xuống để bổ sung"),
}
ACTS: Mapping[str, str] = {
    "annulment": _("Quyết định hủy bỏ"),
    "annulment_proposal": _("Tờ trình đề nghị Trung ương hủy bỏ"),
    "central_annulment": _("Quyết định hủy bỏ của Trung ương"),
    "correction": _("Quyết định đính chính"),
    "reissue": _("Cấp lại bằng khen, giấy khen"),
}
CORRECTED: Mapping[str, str] = {
    "name": _("Họ tên, tên gọi"),
    "address": _("Địa chỉ"),
    "birth_year": _("Năm sinh"),
    "decision_number": _("Số quyết định"),
    "amount_vnd": _("Số tiền thưởng"),
}
AWARDS: Mapping[str, str] = {
    "issued": _("Có hiệu lực"),
    "corrected": _("Đã đính chính"),
    "revoked": _("Đã huỷ bỏ"),
}
# Acts that no button of the panel does.
OTHER_ACTS: Mapping[str, str] = {
    "create": _("Lập hồ sơ"),
    "take_over": _("Lập hồ sơ thay hồ sơ theo hình thức trước"),
    "attach": _("Đính kèm giấy tờ"),
    "detach": _("Gỡ giấy tờ"),
    "name_person": _("Ghi tài khoản của người được đề nghị"),
    "strike_person": _("Gỡ tài khoản ghi cho người được đề nghị"),
    "withheld": _("Một việc nội bộ của đơn vị đang giữ hồ sơ"),
    "reorganise": _("Chuyển theo sắp xếp đơn vị"),
    "migrate_flow": _("Chuyển sang bản quy trình mới"),
}
CONFLICTS: Mapping[str, str] = {
    "kin": _("Người thân (vợ, chồng, cha, mẹ, con, anh, chị, em ruột)"),
    "interest": _("Có lợi ích liên quan"),
    "other": _("Quan hệ khác có thể ảnh hưởng đến việc xét"),
}
# What the holder of an account is to the nominee.
PERSONS: Mapping[str, str] = {
    "self": _("Chính người được đề nghị, chủ hộ"),
    "member": _("Thành viên của tập thể, của hộ"),
    "representative": _("Người đại diện của tập thể"),
}
MARKS: Mapping[str, str] = {
    "complaint": _("Đơn thư, vụ việc đang xem xét"),
    "discipline": _("Kỷ luật"),
}
