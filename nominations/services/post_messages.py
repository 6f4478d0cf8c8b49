"""What to tell an administrator about accounts, posts and delegations that cannot be, in both languages."""

from __future__ import annotations

ABOUT_POSTS: dict[str, dict[str, str]] = {
    "not_delegable": {
        "vi": "Nhiệm vụ này không giao theo cách này: TL., TUQ. là của người đứng đầu, làm thay là của người làm "
        "chuyên môn, văn thư, văn phòng; cấp phó ký thay (KT.) không giao tiếp cho người khác.",
        "en": "This duty is not delegated this way: TL. and TUQ. are a head's, cover is for specialists, clerks and "
        "the office; a deputy who signs for the head (KT.) hands nothing on.",
    },
    "delegate_to_holder": {
        "vi": "Người nhận đang giữ chính nhiệm vụ này; hãy chọn người khác.",
        "en": "The receiver holds this very post; choose somebody else.",
    },
    "beyond_post": {
        "vi": "Thời gian phải nằm trong thời gian người giao giữ nhiệm vụ.",
        "en": "The period must lie within the time the giver holds the post.",
    },
    "delegated_already": {
        "vi": "Trong thời gian này nhiệm vụ đã được giao cho người ấy; hãy kết thúc lần giao trước.",
        "en": "The post is delegated to that person already in this period; end the earlier delegation first.",
    },
    "username_form": {
        "vi": "Tên đăng nhập gồm 3 đến 40 chữ thường không dấu, chữ số, dấu chấm hoặc gạch nối.",
        "en": "A user name has 3 to 40 lower-case letters without marks, digits, dots or hyphens.",
    },
    "username_taken": {
        "vi": "Tên đăng nhập này đã có; hãy chọn tên khác.",
        "en": "This user name is taken; choose another.",
    },
    "post_exists": {
        "vi": "Người này đã giữ nhiệm vụ đó tại cơ quan, đơn vị trong thời gian này.",
        "en": "This person already holds this duty at the unit in that time.",
    },
    "not_oneself": {
        "vi": "Không tự giao nhiệm vụ cho mình; hãy nhờ một quản trị viên khác.",
        "en": "Nobody gives a duty to themself; ask another administrator.",
    },
    "admin_apart": {
        "vi": "Quản trị viên không đồng thời xử lý hồ sơ; hãy chọn người khác hoặc kết thúc nhiệm vụ kia trước.",
        "en": "An administrator does not handle files as well; choose somebody else or end the other duty first.",
    },
}
