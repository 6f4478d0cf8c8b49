"""What to tell somebody about the movement's own papers: reports, registers, milestones; a part of ``messages``."""

from __future__ import annotations

PLAN_SENTENCES: dict[str, dict[str, str]] = {
    "report_moved_on": {
        "vi": "Báo cáo đã được người khác sửa hoặc gửi trong lúc đồng chí đang xem; hãy tải lại trang, đối chiếu rồi "
        "làm tiếp. Những gì đã nhập vẫn ở trên trang này.",
        "en": "Somebody has changed or sent this report meanwhile; load the page again, compare, and go on. What you "
        "typed is still on this page.",
    },
    "report_gone_out": {
        "vi": "Báo cáo đã gửi nên không sửa được; cần sửa thì đề nghị Ban Thi đua - Khen thưởng trả lại để hoàn thiện.",
        "en": "This report was sent and cannot be changed; ask the board to return it to be completed.",
    },
    "report_not_in": {
        "vi": "Chưa có báo cáo nào được gửi để tiếp nhận hoặc trả lại; hãy đợi đơn vị gửi.",
        "en": "No report has come in that could be accepted or returned; wait for the body to send it.",
    },
    "report_own": {
        "vi": "Người đã gửi báo cáo này không tự tiếp nhận; đề nghị đồng chí khác của Ban Thi đua - Khen thưởng xem.",
        "en": "Whoever sent this report does not accept it; ask somebody else at the board.",
    },
    "report_needs_paper": {
        "vi": "Hãy đính kèm bản báo cáo đã ký, đóng dấu.",
        "en": "Attach the signed and sealed report.",
    },
    "report_nobody_owes": {
        "vi": "Không còn đơn vị nào phải nhắc: các đơn vị phải báo cáo đều đã gửi.",
        "en": "There is nobody left to remind: all who owe this report have sent it.",
    },
    "milestone_met": {
        "vi": "Mốc này của năm đó đã được ghi nhận; không ghi hai lần.",
        "en": "This milestone was recorded for that year already; it is not recorded twice.",
    },
    "no_such_year": {
        "vi": "Mốc này không có trong năm đó; hãy chọn một năm trong danh sách.",
        "en": "This milestone does not fall due in that year; choose a year of the list.",
    },
    "month_day": {
        "vi": "Hãy nhập ngày và tháng dạng tháng-ngày, ví dụ 11-15.",
        "en": "Enter month and day as MM-DD, such as 11-15.",
    },
    "number_taken": {
        "vi": "Cơ quan này đã có báo cáo mang số đó trong năm; hãy kiểm tra lại số.",
        "en": "This body has a report of that number this year already; check the number.",
    },
    "figure_says_nothing": {
        "vi": "Hãy nhập số hộ hoặc tỷ lệ.",
        "en": "Enter households, or the rate.",
    },
    "figure_disagrees": {"vi": "{vi}", "en": "{en}"},
    "not_rate": {
        "vi": "Hãy nhập tỷ lệ phần trăm từ 0 đến 100, nhiều nhất hai chữ số sau dấu phẩy, ví dụ 9,60.",
        "en": "Enter a percentage from 0 to 100 with at most two decimals, such as 9.60.",
    },
    "already_withdrawn": {
        "vi": "Văn bản này đã được rút khỏi sổ.",
        "en": "This paper was withdrawn from the register already.",
    },
    "consent_there": {
        "vi": "Đã có sự đồng ý còn hiệu lực; nếu người được nêu rút lại thì ghi việc rút trước.",
        "en": "There is a consent in force already; record its withdrawal first.",
    },
    "no_consent": {
        "vi": "Chưa có sự đồng ý còn hiệu lực của người được nêu; hãy ghi sự đồng ý, kèm văn bản, rồi mới chuyển đăng.",
        "en": "There is no consent in force; record it with its paper before handing this on.",
    },
    "before_consent": {
        "vi": "Ngày chuyển trước ngày được đồng ý; hãy kiểm tra lại.",
        "en": "This day is before the consent; check it.",
    },
    "proposal_decided": {
        "vi": "Đề xuất này đã có quyết định trả lời; có ý kiến khác thì gửi đề xuất mới.",
        "en": "This proposal was decided already; send a new one.",
    },
    "nothing_changed": {
        "vi": "Chưa sửa chữ nào của tiêu chí nên không có bản mới; để trống ngày áp dụng hoặc sửa tiêu chí.",
        "en": "No criterion was changed, so no version begins; leave the day empty, or change a criterion.",
    },
    "version_too_early": {
        "vi": "Bản tiêu chí mới không áp dụng trước ngày quyết định và trước bản đang dùng; hãy chọn ngày muộn hơn.",
        "en": "A new version begins no earlier than its decision and the version in force; choose a later day.",
    },
    "decided_before_proposed": {
        "vi": "Ngày quyết định trước ngày đơn vị gửi đề xuất; hãy kiểm tra lại ngày hoặc đề xuất đã chọn.",
        "en": "The decision is dated before the proposal was sent; check the day, or the proposal chosen.",
    },
    "inspects_itself": {
        "vi": "Cơ quan chủ trì không kiểm tra chính mình; hãy chọn đơn vị khác.",
        "en": "The leading body does not inspect itself; choose another unit.",
    },
    "already_concluded": {
        "vi": "Cuộc kiểm tra này đã có kết luận.",
        "en": "This inspection has its conclusion already.",
    },
    "not_held_yet": {
        "vi": "Hãy ghi ngày kiểm tra và kết luận trước, rồi ghi từng tồn tại, kiến nghị.",
        "en": "Record the day of the inspection and its conclusion first, then each finding.",
    },
    "already_answered": {"vi": "Đã có trả lời; không trả lời hai lần.", "en": "This was answered already."},
    "own_nominee": {
        "vi": "Trường hợp này là cơ quan đồng chí hoặc do cơ quan đồng chí đề nghị; đề nghị tổ chức khác giám sát.",
        "en": "This nominee is your own body's, or your own body; ask another organisation to supervise.",
    },
    "own_remark": {
        "vi": "Người giám sát không tự trả lời kiến nghị của mình; đề nghị đồng chí khác của đơn vị trả lời.",
        "en": "Whoever made the remark does not answer it; ask somebody else of the unit.",
    },
}
