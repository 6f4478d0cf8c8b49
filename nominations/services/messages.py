"""What to tell somebody whose input cannot be used: one sentence a case, in Vietnamese and English."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from nominations.services.list_messages import ABOUT_LISTS
from nominations.services.plan_sentences import PLAN_SENTENCES
from nominations.services.post_messages import ABOUT_POSTS

SENTENCES: dict[str, dict[str, str]] = {
    **ABOUT_POSTS,
    **ABOUT_LISTS,
    "required": {"vi": "Hãy điền mục này.", "en": "Fill this in."},
    "not_text": {"vi": "Mục này là chữ.", "en": "This must be text."},
    "too_long": {"vi": "Dài quá {limit} ký tự; hãy rút gọn.", "en": "Longer than {limit} characters; shorten it."},
    "not_number": {"vi": "Hãy nhập số nguyên, ví dụ 12.", "en": "Enter a whole number, such as 12."},
    "out_of_range": {"vi": "Số phải từ {low} đến {high}.", "en": "The number must be from {low} to {high}."},
    "not_date": {
        "vi": "Hãy nhập ngày dạng ngày/tháng/năm, ví dụ 05/03/2024.",
        "en": "Enter a date as dd/mm/yyyy, such as 05/03/2024.",
    },
    "day_out_of_range": {
        "vi": "Ngày phải từ {low} đến {high}.",
        "en": "The day must be from {low} to {high}.",
    },
    "quota_below_taken": {
        "vi": "Đã có {taken} trường hợp được tính; chỉ tiêu cứng không thể ít hơn. Hãy nhập số lớn hơn hoặc chọn mềm.",
        "en": "{taken} cases are counted already; a hard quota cannot be less. Enter more, or make it soft.",
    },
    "quota_there": {
        "vi": "Đã có chỉ tiêu cho hình thức, loại và đơn vị này; hãy sửa chỉ tiêu đó.",
        "en": "There is a quota for this form, kind and unit already; change that one.",
    },
    "no_successions": {
        "vi": "Chưa ghi đơn vị nào kế thừa từ ngày này; hãy chọn một ngày có trong danh sách kế thừa.",
        "en": "No succession is on record for this day; choose a day of the list of successions.",
    },
    "day_not_come": {
        "vi": "Việc sắp xếp có hiệu lực từ {day}, chưa tới; hãy xem thử trước, tới ngày thì chạy.",
        "en": "The reorganisation takes effect on {day}, which has not come; look at the dry run, and run it that day.",
    },
    "other_number": {
        "vi": "Số hồ sơ sẽ chuyển nay là {count}, khác số đã gõ; hãy xem lại bản chạy thử rồi gõ lại.",
        "en": "{count} files would move now, not the number typed; look at the dry run again, then type it anew.",
    },
    "no_share": {
        "vi": "Phần kế thừa là số lớn hơn 0, nhiều nhất 1 (1 là toàn bộ); để trống nếu chưa biết.",
        "en": "A share is more than 0 and at most 1 (1 is all of it); leave it empty where it is not known.",
    },
    "not_stuck": {
        "vi": "Hồ sơ này không chờ chọn đơn vị nhận; hãy xem lại bản chạy thử.",
        "en": "This file does not wait for a receiving unit to be chosen; look at the dry run again.",
    },
    "in_future": {"vi": "Ngày này chưa tới; hãy kiểm tra lại.", "en": "This day has not come yet; check it."},
    "day_gone": {"vi": "Ngày này đã qua; hãy chọn từ hôm nay.", "en": "This day has gone; choose today or later."},
    "too_early": {
        "vi": "Ngày này trước ngày {since}, khi việc đó chưa thể có; hãy kiểm tra lại.",
        "en": "This day is before {since}, when it could not have been yet; check it.",
    },
    "needs_paper": {
        "vi": "Ngày đến trước hôm nay cần kèm văn bản chứng minh.",
        "en": "A day of arrival before today needs its paper attached.",
    },
    "needs_central_paper": {
        "vi": "Hãy đính kèm văn bản Trung ương trả hồ sơ.",
        "en": "Attach the paper with which the centre sent the file back.",
    },
    "not_choice": {"vi": "Hãy chọn một giá trị trong danh sách: {choices}.", "en": "Choose one of: {choices}."},
    "not_list": {"vi": "Mục này là danh sách.", "en": "This must be a list."},
    "not_object": {"vi": "Mục này là một nhóm thông tin (đối tượng JSON).", "en": "This must be an object."},
    "unknown_field": {
        "vi": "Không có mục này; hãy bỏ đi hoặc xem lại tên.",
        "en": "There is no such field; leave it out or check its name.",
    },
    "unknown_file": {
        "vi": "Chưa có tệp này trong hồ sơ; hãy tải lên trước.",
        "en": "There is no such file here; upload it first.",
    },
    "paper_incomplete": {
        "vi": "Chưa cấp số được vì văn bản còn thiếu: {missing}. Hãy bổ sung rồi cấp số.",
        "en": "It cannot be numbered yet, for the paper lacks: {missing}. Add that first.",
    },
    "asked_already": {
        "vi": "Cơ quan này đang được hỏi ý kiến loại này; hãy chờ, đôn đốc hoặc rút yêu cầu trước.",
        "en": "This body is being asked for this kind of opinion already; wait, remind it, or withdraw that first.",
    },
    "no_draft_yet": {
        "vi": "Chưa có dự thảo ý kiến; hãy soạn ý kiến trước khi ghi văn bản trả lời.",
        "en": "There is no draft opinion yet; write it before recording the reply.",
    },
    "not_millimetres": {
        "vi": "Hãy nhập số mi-li-mét, nhiều nhất một chữ số lẻ, ví dụ 1,5 hoặc -2.",
        "en": "Enter millimetres with at most one decimal, such as 1.5 or -2.",
    },
    "sheet_used": {
        "vi": "Phôi mang số này đã được ghi; hãy xem lại số in trên phôi.",
        "en": "A sheet with this number is recorded already; check the number printed on it.",
    },
    "sheet_there": {
        "vi": "Bằng này đã ghi một phôi in được; hãy ghi phôi đó bị hỏng trước.",
        "en": "A good sheet is recorded for this certificate; record that one as spoiled first.",
    },
    "same_form": {
        "vi": "Hồ sơ đang theo chính hình thức này; hãy chọn hình thức khác.",
        "en": "The file is under this very form; choose another.",
    },
    "form_not_in_round": {
        "vi": "Đợt xét này không có hình thức đó; hãy chọn hình thức khác.",
        "en": "The round does not have this form; choose another.",
    },
    "round_not_a_review": {
        "vi": "Hình thức này chỉ xét trong đợt sơ kết, tổng kết; hãy chọn hình thức khác.",
        "en": "This form is considered at a review only; choose another.",
    },
    "correct_something": {
        "vi": "Hãy ghi ít nhất một nội dung đúng cần đính chính.",
        "en": "Give at least one right value to be corrected.",
    },
    "not_a_change": {
        "vi": "Nội dung này giống như đang ghi; hãy để trống hoặc ghi nội dung đúng.",
        "en": "This is what stands there already; leave it empty or give the right value.",
    },
    "not_issued_yet": {
        "vi": "Quyết định chưa có số nên mục này chưa có gì để đính chính; hãy để trống.",
        "en": "The decision has no number yet, so there is nothing to correct here; leave it empty.",
    },
    "unit_keeps_its_name": {
        "vi": "Cơ quan, đơn vị mang tên trong danh mục; hãy nhờ quản trị viên sửa danh mục.",
        "en": "A unit bears the name the register of units has; ask an administrator to put that right.",
    },
    "unknown_person": {"vi": "Không tìm thấy người này.", "en": "There is no such person."},
    "already_named": {
        "vi": "Tài khoản này đã được ghi cho trường hợp đề nghị.",
        "en": "This account is already named for the nominee.",
    },
    "self_named": {
        "vi": "Đã ghi tài khoản của chính người được đề nghị; gỡ tài khoản ghi nhầm trước.",
        "en": "The nominee's own account is named already; take back the wrong one first.",
    },
    "complaint_open": {
        "vi": "Đơn thư đang xem xét chưa có ngày kết thúc; khi có kết luận thì kết thúc điều lưu ý, ghi rõ kết luận.",
        "en": "A complaint has no last day yet; close it once there is a conclusion, with that conclusion.",
    },
    "not_named": {
        "vi": "Tài khoản này không có trong danh sách đã ghi.",
        "en": "This account is not among those named.",
    },
    "named_in_review": {
        "vi": "Đã có hồ sơ được nộp nên người lập hồ sơ không gỡ được; hãy nhờ người tiếp nhận, kiểm tra hồ sơ gỡ.",
        "en": "A file has been submitted, so the nominator cannot take it back; ask whoever takes in or checks it.",
    },
    "unknown_unit": {
        "vi": "Không tìm thấy cơ quan, đơn vị này vào ngày làm việc.",
        "en": "There is no such unit on this day.",
    },
    "unknown_round": {"vi": "Không tìm thấy đợt xét này.", "en": "There is no such round."},
    "unknown_form": {"vi": "Không có hình thức khen thưởng này.", "en": "There is no such award form."},
    "unknown_nominee": {"vi": "Không tìm thấy trường hợp này.", "en": "There is no such nominee."},
    "not_your_unit": {"vi": "Đồng chí không lập hồ sơ cho đơn vị này.", "en": "You do not file for this unit."},
    "closed_section": {"vi": "Phần này không được mở lại để sửa.", "en": "This section was not reopened."},
    "counts_do_not_add_up": {
        "vi": "Số phiếu không khớp: thu về không quá phát ra, hợp lệ không quá thu về, đồng ý và không "
        "đồng ý không quá hợp lệ.",
        "en": "The counts do not add up: returned at most issued, valid at most returned, agree and "
        "disagree at most valid.",
    },
    "more_than_members": {
        "vi": "Tổng số phiếu vượt số thành viên Hội đồng ({members}).",
        "en": "More ballots than the council has members ({members}).",
    },
    "unknown_council": {
        "vi": "Không có Hội đồng này, hoặc đồng chí không lập phiên họp của Hội đồng này.",
        "en": "There is no such council, or its meetings are not yours to call.",
    },
    "meeting_over": {
        "vi": "Biên bản phiên họp đã ký; phiên họp này không ghi thêm gì nữa.",
        "en": "The minutes of this meeting are signed; nothing more is recorded in it.",
    },
    "ballots_are_in": {
        "vi": "Đã có phiếu nên không đổi giữa biểu quyết công khai và bỏ phiếu kín; hãy lập phiên họp khác.",
        "en": "Ballots are in, so an open vote and a secret ballot cannot be exchanged; call another meeting.",
    },
    "agenda_full": {
        "vi": "Chương trình một phiên họp có nhiều nhất {most} trường hợp; hãy chia thành nhiều phiên.",
        "en": "An agenda has at most {most} lines; split it into several meetings.",
    },
    "has_voted": {
        "vi": "Có thành viên đã biểu quyết tại phiên họp nên không ghi vắng mặt được; hãy kiểm tra lại điểm danh.",
        "en": "A member who has voted at the meeting cannot be marked absent; check the attendance.",
    },
    "nobody_absent": {
        "vi": "Chưa ghi thành viên nào vắng mặt; hãy điểm danh trước.",
        "en": "Nobody is marked absent; mark the attendance first.",
    },
    "not_hour": {"vi": "Hãy nhập giờ dạng giờ:phút, ví dụ 08:00.", "en": "Enter the hour as hh:mm, such as 08:00."},
    "not_share": {"vi": "Hãy nhập phân số, ví dụ 2/3.", "en": "Enter a share, such as 2/3."},
    "own_figures": {
        "vi": "Có {barred} thành viên không được biểu quyết trường hợp này, hãy ghi riêng số phiếu của trường hợp này.",
        "en": "{barred} members are kept out of this line; give its own figures.",
    },
    "nothing_voted": {
        "vi": "Phiên họp chưa chốt trường hợp nào; hãy chốt biểu quyết trước khi ký biên bản.",
        "en": "No line of the meeting is closed; close the ballots before the minutes are signed.",
    },
    "lines_open": {
        "vi": "Còn {count} trường hợp chưa chốt biểu quyết; hãy chốt hoặc rút khỏi chương trình rồi ký biên bản.",
        "en": "{count} lines are still open; close them or take them off the agenda, then sign the minutes.",
    },
    "number_taken": {
        "vi": "Số này đã dùng trong năm; hãy kiểm tra sổ văn thư.",
        "en": "This number is already used this year; check the register.",
    },
    "key_reused": {
        "vi": "Mã yêu cầu này đã dùng cho nội dung khác.",
        "en": "This request key was used with other content.",
    },
    "key_form": {
        "vi": "Mã yêu cầu gồm 1 đến 200 chữ cái không dấu, chữ số hoặc dấu; hãy gửi mã khác.",
        "en": "A request key has 1 to 200 plain letters, digits or signs; send another.",
    },
    "birth_year": {"vi": "Năm sinh phải từ 1900 đến nay.", "en": "The year of birth must be from 1900 to now."},
    "identity_number": {"vi": "Số căn cước có 9 hoặc 12 chữ số.", "en": "An identity number has 9 or 12 digits."},
    "duplicate_in_round": {
        "vi": "Trường hợp này đã có hồ sơ {code} cùng hình thức trong đợt; hãy mở hồ sơ đó.",
        "en": "This nominee already has file {code} for the same form in the round; open that one.",
    },
    "no_flow": {
        "vi": "Hình thức này không còn hoặc chưa có cơ quan quyết định vào ngày này; hãy chọn hình thức khác.",
        "en": "This form has no issuing body on this day; choose another.",
    },
    "no_route": {
        "vi": "Đơn vị này không trình được hình thức này; hãy chọn hình thức hoặc đơn vị khác.",
        "en": "This unit cannot propose this form; choose another form or unit.",
    },
    "unit_is_collective": {
        "vi": "Cơ quan, đơn vị được đề nghị là tập thể; hãy chọn loại tập thể.",
        "en": "A unit that is nominated is a collective; choose that kind.",
    },
    "wrong_group": {
        "vi": "Nhóm tiêu chí không hợp với loại trường hợp.",
        "en": "The criteria group does not fit the kind of nominee.",
    },
    "file_empty": {"vi": "Tệp rỗng; hãy chọn lại tệp.", "en": "The file is empty; choose it again."},
    "file_too_large": {
        "vi": "Tệp lớn quá {limit} MB; hãy giảm dung lượng hoặc tách tệp.",
        "en": "The file is larger than {limit} MB; make it smaller or split it.",
    },
    "award_there": {
        "vi": "Lần khen này đã có trong danh sách của trường hợp đó.",
        "en": "This award is already among those of the nominee.",
    },
    "file_type": {
        "vi": "Chỉ nhận tệp PDF, ảnh PNG hoặc JPEG, DOCX, XLSX.",
        "en": "Only PDF, PNG or JPEG images, DOCX and XLSX are taken.",
    },
    "file_there": {
        "vi": "Tệp này đã có trong hồ sơ ở cùng loại giấy tờ.",
        "en": "This file is here already under the same kind of paper.",
    },
    "too_many_files": {
        "vi": "Hồ sơ có nhiều nhất {most} tệp; hãy gộp hoặc bỏ bớt.",
        "en": "A file has at most {most} papers; merge some or leave some out.",
    },
    "unknown_paper": {
        "vi": "Hồ sơ này không có loại giấy tờ đó; hãy chọn trong danh mục.",
        "en": "This file has no such kind of paper; choose one of the list.",
    },
    "figures_disagree": {
        "vi": "Tỷ lệ {rate} % không khớp với số hộ (tính ra {computed} %); hãy sửa một trong hai.",
        "en": "The rate {rate} % does not agree with the households (they give {computed} %); correct one of them.",
    },
    "password_length": {
        "vi": "Mật khẩu phải có từ {low} đến {high} ký tự.",
        "en": "The password must have {low} to {high} characters.",
    },
    "period_order": {
        "vi": "Ngày cuối trước ngày đầu; hãy kiểm tra lại.",
        "en": "The last day is before the first; check them.",
    },
    "council_exists": {
        "vi": "Cơ quan, đơn vị này đã có Hội đồng trong thời gian đó.",
        "en": "This unit already has a council in that time.",
    },
    "already_ended": {"vi": "Việc này đã kết thúc trước đó.", "en": "This has ended already."},
    "unit_taken": {
        "vi": "Mã này đang là của một cơ quan, đơn vị khác; hãy chọn mã khác.",
        "en": "Another unit bears this code then; choose another.",
    },
    "email_form": {
        "vi": "Hãy nhập địa chỉ thư dạng ten@coquan.vn, hoặc để trống.",
        "en": "Enter a mail address such as name@office.vn, or leave it empty.",
    },
    "source_mark": {
        "vi": "Hãy ghi dấu nguồn dạng [plan], [S-16], [memory], [practice] hoặc [inference]; nhiều dấu thì cách nhau "
        "bằng dấu phẩy.",
        "en": "Give a source mark such as [plan], [S-16], [memory], [practice] or [inference], several with commas.",
    },
    "not_weekend": {
        "vi": "Ngày làm bù phải là thứ Bảy hoặc Chủ nhật.",
        "en": "A worked day in exchange must be a Saturday or a Sunday.",
    },
    "not_figure": {
        "vi": "Hãy nhập số lớn hơn 0, ví dụ 2340000 hoặc 0,3.",
        "en": "Enter a number above 0, such as 2340000 or 0.3.",
    },
    "value_taken": {
        "vi": "Đã có giá trị bắt đầu từ ngày này; hãy sửa giá trị đó.",
        "en": "A figure begins on this day already; correct that one.",
    },
    "value_overlaps": {
        "vi": "Khoảng này chồng lên giá trị kế tiếp; hãy chọn ngày sớm hơn.",
        "en": "This would run into the next figure; choose an earlier day.",
    },
    "forms_in_use": {
        "vi": "Đợt này đã có hồ sơ theo hình thức {forms}; không bỏ hình thức đó được.",
        "en": "The round has files for {forms}; this form cannot be taken out.",
    },
    "round_taken": {"vi": "Mã đợt này đã có; hãy chọn mã khác.", "en": "This round code is taken; choose another."},
} | PLAN_SENTENCES


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence to a person, by key, with its values."""

    key: str
    values: dict[str, Any] = field(default_factory=dict)

    def text(self, lang: str) -> str:
        """The sentence in ``vi`` or ``en``."""
        return SENTENCES[self.key][lang].format_map(self.values)


REQUIRED = Message("required")
