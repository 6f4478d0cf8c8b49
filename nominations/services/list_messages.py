"""What to tell somebody who works on many files at once: a table brought in, names, a letter of many lines."""

from __future__ import annotations

ABOUT_LISTS: dict[str, dict[str, str]] = {
    "table_too_long": {
        "vi": "Bảng quá lớn: mỗi lần nhiều nhất {most} dòng; hãy tách thành nhiều tệp.",
        "en": "The table is too large: at most {most} rows at a time; split it into several files.",
    },
    "table_unreadable": {
        "vi": "Không đọc được bảng này; hãy mở bằng phần mềm bảng tính rồi lưu lại dạng XLSX hoặc CSV.",
        "en": "This table cannot be read; open it in a spreadsheet program and save it again as XLSX or CSV.",
    },
    "table_letters": {
        "vi": "Tệp CSV không phải dạng UTF-8; hãy lưu lại dạng “CSV UTF-8” hoặc XLSX.",
        "en": "This CSV is not in UTF-8; save it as “CSV UTF-8” or XLSX.",
    },
    "table_headings": {
        "vi": "Thiếu cột: {missing}. Dòng đầu phải có tên cột như bảng mẫu.",
        "en": "Columns missing: {missing}. The first row must have the headings of the sample.",
    },
    "table_empty": {
        "vi": "Bảng không có dòng nào dưới dòng tên cột.",
        "en": "The table has no rows under its headings.",
    },
    "formula_cell": {
        "vi": "Ô này bắt đầu như một công thức (=, @, + hoặc -); hãy ghi lại bằng chữ hoặc số.",
        "en": "This cell begins like a formula (=, @, + or -); write it as plain text or a number.",
    },
    "not_for_kind": {
        "vi": "Cột này không dùng cho {kind}; hãy để trống.",
        "en": "This column is not for this kind of nominee; leave it empty.",
    },
    "other_group": {
        "vi": "Tiêu chí này không thuộc nhóm {group} của dòng; hãy để trống hoặc sửa nhóm.",
        "en": "This criterion is not of the row's group {group}; leave it empty or correct the group.",
    },
    "list_empty": {
        "vi": "Hãy chọn một tệp hoặc dán các ô vào khung.",
        "en": "Choose a file, or paste the cells into the box.",
    },
    "list_twice": {
        "vi": "Chỉ chọn một cách: tải tệp lên hoặc dán các ô.",
        "en": "Choose one way: upload a file or paste the cells.",
    },
    "too_many_names": {
        "vi": "Mỗi lần dò nhiều nhất {most} tên; hãy chia thành nhiều lần.",
        "en": "At most {most} names are checked at a time; split them.",
    },
    "nothing_chosen": {
        "vi": "Hãy chọn ít nhất một hồ sơ của đơn vị.",
        "en": "Choose at least one file of the unit.",
    },
    "nominee_ended": {
        "vi": "Cơ quan, đơn vị này đã kết thúc hoạt động; hãy bỏ dòng này.",
        "en": "This unit has ended; leave the row out.",
    },
    "no_kinds": {
        "vi": "Hãy chọn ít nhất một loại: hộ, cá nhân hoặc tập thể.",
        "en": "Choose at least one kind: household, individual or collective.",
    },
    "unit_ambiguous": {
        "vi": "Có nhiều cơ quan, đơn vị cùng tên vào ngày quyết định; hãy ghi mã đơn vị.",
        "en": "Several units have this name on the day of the decision; write the unit's code.",
    },
    "bundle_mixed": {
        "vi": "Một văn bản chỉ gồm các trường hợp cùng đơn vị, bước, hình thức và đợt; hãy tách riêng.",
        "en": "One paper holds cases of one unit, step, form and round only; make another for the rest.",
    },
    "bundle_not_at_signature": {
        "vi": "Chỉ đưa vào được trường hợp đang chờ ký, hoặc đã trả về đơn vị trình; hãy bỏ các trường hợp khác.",
        "en": "Only cases that wait for a signature, or came back to the unit that sent them; leave out the others.",
    },
    "bundle_unknown_line": {
        "vi": "Có trường hợp không còn chờ ở bước này; hãy tải lại danh sách rồi chọn lại.",
        "en": "Some of these cases no longer wait at this step; load the list again and choose anew.",
    },
    "bundle_elsewhere": {
        "vi": "Đang nằm trong hồ sơ trình ký khác: {codes}. Hãy bỏ ra khỏi hồ sơ đó trước.",
        "en": "Already in another paper being composed: {codes}. Take them off that one first.",
    },
    "bundle_no_stage": {
        "vi": "Cấp này không còn trong quy trình của hồ sơ; hãy liên hệ quản trị viên.",
        "en": "This level is no longer on the cases' way; ask an administrator.",
    },
    "bundle_of_one_letter": {
        "vi": "Tờ trình bổ sung chỉ gồm các trường hợp của cùng một tờ trình trước; hãy tách riêng.",
        "en": "A supplementary letter holds cases of one earlier letter only; make another for the rest.",
    },
    "bundle_sealed": {
        "vi": "Danh sách đã ký hoặc đã bỏ, không sửa được nữa. Trường hợp bị trả lại được trình bằng tờ trình bổ sung.",
        "en": "The list is signed or given up: it stays. A case that came back goes up by a supplementary letter.",
    },
    "bundle_stale": {
        "vi": "Danh sách đã thay đổi từ khi đồng chí mở trang; hãy xem lại rồi làm lại.",
        "en": "The list has changed since you opened the page; look at it again and repeat.",
    },
    "bundle_nothing_waits": {
        "vi": "Không còn trường hợp nào trong danh sách chờ cấp số.",
        "en": "No case on the list waits for a number any more.",
    },
    "bundle_signed_here": {
        "vi": "Tờ trình bổ sung được ký tại trang này; không ghi nhận chữ ký bên ngoài.",
        "en": "A supplementary letter is signed on this page; a signature made outside is not recorded for it.",
    },
    "bundle_counts_differ": {
        "vi": "Bản ký ghi {typed} (tập thể / hộ / cá nhân), danh sách có {found}. Kiểm tra, hoặc xác nhận.",
        "en": "The paper says {typed} (collectives / households / individuals), the list {found}. Check, or confirm.",
    },
    "number_the_bundle": {
        "vi": "Trường hợp này đã ký trong một danh sách; hãy cấp số ở trang của danh sách đó.",
        "en": "This case was signed in a list; give the number on the list's page.",
    },
}
