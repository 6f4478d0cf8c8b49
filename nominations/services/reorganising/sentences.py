"""Why something goes, stays or waits for somebody to decide: one sentence each, in Vietnamese and English."""

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, dict[str, str]]] = {
    "succeeded": {"vi": "Theo đơn vị kế thừa đã ghi.", "en": "With the successor on record."},
    "next_level": {
        "vi": "Cấp đang xét đã kết thúc; hồ sơ theo tuyến hai cấp lên bước đầu của cấp trên, tờ trình cấp dưới giữ "
        "nguyên giá trị.",
        "en": "The level that was examining it has ended; by the two-tier route it goes to the first step of the next "
        "level, the letter of the level below stands.",
    },
    "enters_again": {
        "vi": "Cấp lập hồ sơ kết thúc khi chưa ký tờ trình; đơn vị kế thừa xét và ký lại từ bước đầu.",
        "en": "The proposing level ended before it signed; its successor examines and signs from the first step.",
    },
    "passed_through": {
        "vi": "Hồ sơ ở nguyên bước này; các cấp nó đi qua được ghi theo đơn vị kế thừa.",
        "en": "The file stays at its step; the levels on its way are those of the successors.",
    },
    "no_issuer": {
        "vi": "Không còn thẩm quyền: từ ngày này không còn người quyết định hình thức này. Hãy đề nghị lại theo hình "
        "thức khác hoặc rút đề nghị.",
        "en": "Nobody is competent any more: from this day nobody decides this form. Propose again under another form, "
        "or withdraw.",
    },
    "unsigned": {
        "vi": "Cấp lập hồ sơ đã kết thúc khi chưa ký tờ trình và chưa có đơn vị kế thừa. Hãy ghi đơn vị kế thừa cho "
        "đơn vị đó, hoặc chọn đơn vị nhận cho hồ sơ này, rồi chạy lại.",
        "en": "The proposing level ended before it signed and has no successor on record. Record its successor, or "
        "choose the unit that receives this file, then run again.",
    },
    "signed_not_numbered": {
        "vi": "Đã ký nhưng chưa cấp số khi cơ quan ký kết thúc; cấp số sau ngày này là không còn thẩm quyền. Quản trị "
        "viên hỏi cơ quan kế thừa lưu trữ; hoặc đề nghị lại theo hình thức khác.",
        "en": "Signed but not numbered when the signing body ended; it can no longer be numbered. Ask whoever keeps "
        "its papers, or propose again under another form.",
    },
    "not_listed": {
        "vi": "Chưa ghi đơn vị nào kế thừa. Hãy ghi đơn vị kế thừa kèm dấu nguồn rồi chạy lại.",
        "en": "No successor is on record. Record one with its source mark, then run again.",
    },
    "no_successor": {
        "vi": "Đã ghi là không có, hoặc chưa tìm thấy, đơn vị kế thừa. Hãy ghi đơn vị nhận kèm dấu nguồn, hoặc chọn "
        "riêng cho từng hồ sơ, rồi chạy lại.",
        "en": "It is on record that there is no successor, or none was found. Record who receives, with a source mark, "
        "or choose for each file, then run again.",
    },
    "several": {
        "vi": "Đơn vị cũ chia cho nhiều đơn vị mới; không đoán. Hãy chọn đơn vị nhận theo nơi ở của người được đề "
        "nghị rồi chạy lại.",
        "en": "The old unit was split; nothing is guessed. Choose who receives it by where the nominee lives, then run "
        "again.",
    },
    "part": {
        "vi": "Chỉ ghi kế thừa một phần. Hãy ghi đủ các phần hoặc chọn đơn vị nhận rồi chạy lại.",
        "en": "Only a part is on record as succeeded. Complete the list or choose who receives, then run again.",
    },
    "circle": {
        "vi": "Danh sách kế thừa quay vòng. Hãy sửa rồi chạy lại.",
        "en": "The list of successions runs in a circle. Correct it, then run again.",
    },
    "no_council": {
        "vi": "Hồ sơ đang chờ biểu quyết mà đơn vị kế thừa chưa có Hội đồng. Hãy lập Hội đồng rồi chạy lại.",
        "en": "The file waits for a vote and the successor has no council yet. Establish it, then run again.",
    },
    "votes_anew": {
        "vi": "Phiếu đang bỏ dở khép lại; Hội đồng mới biểu quyết từ đầu.",
        "en": "The ballot under way is closed; the new council votes from the beginning.",
    },
    "nobody_free": {
        "vi": "Chưa có ai ở đơn vị nhận được làm bước này; hãy giao nhiệm vụ.",
        "en": "Nobody at the receiving unit may take this step yet; give somebody the duty.",
    },
    "nominee_ended": {
        "vi": "Đơn vị được đề nghị đã kết thúc, không còn được khen thưởng; hãy rút đề nghị.",
        "en": "The nominee body has ended and cannot be awarded any more; withdraw the nomination.",
    },
    "signs_anew": {
        "vi": "Đã ký nhưng chưa cấp số khi cơ quan ký kết thúc: người đứng đầu đơn vị kế thừa ký lại; kết quả biểu "
        "quyết giữ nguyên.",
        "en": "Signed but not numbered when the signing body ended: the successor's head signs anew; the vote stands.",
    },
    "letter_not_numbered": {
        "vi": "Tờ trình của cấp đã kết thúc có chữ ký mà chưa có số; giữ nguyên trong hồ sơ, không cấp số nữa.",
        "en": "The letter of the level that ended was signed and not numbered; it stays in the file without a number.",
    },
    "way_undecided": {
        "vi": "Một cấp dưới mà hồ sơ đã qua chưa rõ đơn vị kế thừa; nếu trả hồ sơ thì phải chọn đơn vị nhận trước.",
        "en": "A level the file has passed has no settled successor; before it can be returned, choose who receives.",
    },
    "no_proposer": {
        "vi": "Không còn đơn vị đề nghị: hãy chọn đơn vị kế thừa để có nơi nhận hồ sơ trả và quyền rút.",
        "en": "There is no proposing unit any more: choose its successor, so that a return has a receiver.",
    },
    "own_last_day": {
        "vi": "Kết thúc cùng ngày với đơn vị.",
        "en": "Ends on the unit's own last day.",
    },
    "follows": {
        "vi": "Nhiệm vụ theo đơn vị kế thừa, như đã ghi trong danh sách kế thừa.",
        "en": "The duty goes along with the successor, as the list says.",
    },
    "cannot_follow": {
        "vi": "Không giao tiếp được nhiệm vụ này; hãy giao ở trang Tài khoản, nhiệm vụ.",
        "en": "This duty could not be given on; give it on the page of accounts and duties.",
    },
    "no_duty_left": {
        "vi": "Tài khoản không còn nhiệm vụ: chỉ đọc được hồ sơ đã qua đơn vị cũ.",
        "en": "The account has no duty left: it reads the files that had been at the old unit and nothing else.",
    },
    "whole_sum": {
        "vi": "Cộng số hộ của các xã cũ nhập toàn bộ; số cũ giữ nguyên.",
        "en": "Households of the old communes that merged whole, added up; the old figures stay.",
    },
    "split_unit": {
        "vi": "Có xã cũ chỉ nhập một phần: không cộng được số hộ.",
        "en": "An old commune went there in part only: households cannot be added up.",
    },
    "figure_missing": {
        "vi": "Có xã cũ chưa có số hộ của năm này: không cộng.",
        "en": "An old commune has no figures for this year: nothing is added up.",
    },
    "level_ended": {
        "vi": "Cấp này kết thúc, không có đơn vị cùng địa bàn: số liệu để nguyên làm lịch sử.",
        "en": "This level has ended and nothing covers the same ground: its figures stay as history.",
    },
    "wider_ground": {
        "vi": "Đơn vị mới rộng hơn địa bàn đã có số liệu: không cộng.",
        "en": "The new unit is wider than the ground there are figures for: nothing is added up.",
    },
    "quota_same": {
        "vi": "Đơn vị nối tiếp nguyên vẹn: chỉ tiêu theo sang.",
        "en": "The unit goes on whole: its quota goes along.",
    },
    "quota_decide": {
        "vi": "Cấp giao chỉ tiêu đặt lại cho đơn vị mới; chỉ tiêu cũ và số đã dùng giữ nguyên.",
        "en": "Whoever sets quotas sets one for the new unit; the old one and what it has taken stay.",
    },
    "ask_anew": {
        "vi": "Cơ quan được hỏi đã kết thúc: rút câu hỏi rồi hỏi cơ quan kế thừa.",
        "en": "The body that was asked has ended: take the question back and ask its successor.",
    },
    "import_open": {
        "vi": "Bảng nhập còn dòng chưa ghi, người nhập không còn nhiệm vụ: hãy giao người khác nhập lại.",
        "en": "The table has lines not settled and its sender has no duty left: have somebody else send it again.",
    },
    "above_ended": {
        "vi": "Đơn vị vẫn còn mà đơn vị cấp trên đã kết thúc: hãy lập lại dưới cấp trên mới.",
        "en": "The unit goes on and the one above it has ended: open it again under the new one.",
    },
    "successor_unknown": {
        "vi": "Chưa tìm thấy đơn vị kế thừa; không đoán. Ghi khi có văn bản.",
        "en": "Its successor was not found; it is not guessed. Record it once there is a document.",
    },
}


def sentence(word: str, lang: str) -> str:
    """The sentence in ``vi`` or ``en``; nothing for no word."""
    return SENTENCES[word][lang] if word else ""
