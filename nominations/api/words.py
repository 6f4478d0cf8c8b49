"""What the API says by itself, in both languages: the titles of problems and what to do about each."""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, Mapping[str, str]]

TITLES: Words = {
    "bad_json": {"vi": "Nội dung gửi lên không đọc được", "en": "The body cannot be read"},
    "bad_request": {"vi": "Yêu cầu chưa đúng", "en": "The request cannot be understood"},
    "unauthorized": {"vi": "Cần khóa truy cập", "en": "A token is needed"},
    "forbidden": {"vi": "Khóa không có quyền này", "en": "The token may not do this"},
    "not_found": {"vi": "Không tìm thấy", "en": "Not found"},
    "method_not_allowed": {"vi": "Địa chỉ này không nhận phương thức đó", "en": "Method not allowed"},
    "refused": {"vi": "Quy định chưa cho phép", "en": "A rule stands against it"},
    "stale": {"vi": "Hồ sơ đã thay đổi", "en": "The file has changed"},
    "too_large": {"vi": "Nội dung quá lớn", "en": "Too large"},
    "media_type": {"vi": "Kiểu nội dung không được nhận", "en": "Unsupported media type"},
    "invalid_input": {"vi": "Có mục chưa dùng được", "en": "Some fields cannot be used"},
    "precondition_required": {"vi": "Cần nêu bản đã xem", "en": "Say which version you saw"},
    "too_many": {"vi": "Quá nhiều yêu cầu", "en": "Too many requests"},
    "failed": {"vi": "Có lỗi ở phía hệ thống", "en": "Something failed here"},
}
DETAILS: Words = {
    "bad_json": {
        "vi": "Hãy gửi nội dung JSON đúng cú pháp, mã UTF-8, không lồng quá sâu.",
        "en": "Send well-formed JSON in UTF-8, not nested too deeply.",
    },
    "bad_request": {
        "vi": "Hãy xem lại địa chỉ, tiêu đề và nội dung của yêu cầu theo tài liệu API.",
        "en": "Check the address, headers and body against the API's documentation.",
    },
    "unauthorized": {
        "vi": "Hãy gửi tiêu đề Authorization: Bearer với khóa còn hiệu lực; quản trị viên cấp khóa.",
        "en": "Send Authorization: Bearer with a token in force; the administrator issues tokens.",
    },
    "forbidden": {
        "vi": "Khóa này chỉ được xem. Hãy dùng khóa có quyền thao tác.",
        "en": "This token may only read. Use one that may act.",
    },
    "not_found": {
        "vi": "Không có gì ở địa chỉ này, hoặc không dành cho đồng chí. Hãy xem lại mã.",
        "en": "There is nothing here, or it is not for you. Check the code.",
    },
    "method_not_allowed": {
        "vi": "Hãy xem các phương thức nêu ở tiêu đề Allow.",
        "en": "See the Allow header for the methods this address takes.",
    },
    "too_large": {
        "vi": "Hãy gửi nội dung nhỏ hơn, hoặc tách tệp.",
        "en": "Send less at once, or split the file.",
    },
    "media_type": {
        "vi": "Hãy gửi kiểu nội dung: {expected}.",
        "en": "Send the media type {expected}.",
    },
    "invalid_input": {
        "vi": "Hãy sửa các mục nêu ở errors rồi gửi lại.",
        "en": "Correct the fields listed in errors, then send it again.",
    },
    "precondition_required": {
        "vi": "Hãy gửi tiêu đề If-Match với ETag của bản đã xem.",
        "en": "Send If-Match with the ETag of the version you saw.",
    },
    "too_many": {
        "vi": "Hãy chờ {seconds} giây rồi gửi lại.",
        "en": "Wait {seconds} seconds, then try again.",
    },
    "failed": {
        "vi": "Hãy thử lại sau; nếu vẫn lỗi, báo quản trị viên mã yêu cầu {request_id}.",
        "en": "Try again later; if it fails again, tell the administrator the request id {request_id}.",
    },
}
FIELDS: Words = {
    "not_flag": {"vi": "Mục này là true hoặc false.", "en": "This must be true or false."},
    "not_instant": {
        "vi": "Hãy nêu thời điểm kèm múi giờ, ví dụ 2024-03-04T09:00:00+07:00.",
        "en": "Give an instant with its zone, such as 2024-03-04T09:00:00+07:00.",
    },
    "bad_cursor": {
        "vi": "Dấu trang này không phải của danh sách; hãy bắt đầu lại từ trang đầu.",
        "en": "This cursor is not of this list; begin again from the first page.",
    },
    "identity_in_address": {
        "vi": "Không tìm theo dãy 9 chữ số trở lên: số định danh không được nằm trong địa chỉ. Hãy dùng "
        "POST /api/v1/nominations/search.",
        "en": "A run of nine or more digits is not searched for here: identity numbers never travel in an address. "
        "Use POST /api/v1/nominations/search.",
    },
    "bad_key": {
        "vi": "Mã yêu cầu gồm 1 đến 128 ký tự ASCII in được.",
        "en": "An idempotency key has 1 to 128 printable ASCII characters.",
    },
    "wrong_form": {"vi": "Giá trị không đúng dạng.", "en": "The value is not of the right form."},
}


def title(name: str, lang: str) -> str:
    """The title of a kind of problem."""
    return TITLES[name][lang]


def detail(name: str, lang: str, **values: object) -> str:
    """What to do next about it."""
    return DETAILS[name][lang].format_map(values) if name in DETAILS else TITLES[name][lang]
