"""The sentences of the working, Vietnamese and English side by side; `working.py` fills in the numbers."""

from __future__ import annotations

from collections.abc import Mapping

CAUSES: Mapping[str, tuple[str, str]] = {
    "no_figures": ("chưa có số liệu hộ nghèo nào", "there are no poverty figures"),
    "missing_year": ("thiếu số liệu năm {missing}", "the figures of {missing} are missing"),
    "missing_rate": (
        "năm {year} không có tỷ lệ và không đủ số hộ để tính tỷ lệ",
        "{year} has neither a rate nor the households to compute one from",
    ),
    "missing_households": (
        "năm {year} không có đủ số hộ nghèo và số hộ cận nghèo",
        "{year} lacks the number of poor or of near-poor households",
    ),
    "zero_households": ("tổng số hộ năm {year} bằng 0", "the total of households in {year} is 0"),
    "zero_baseline": (
        "đầu kỳ (năm {year}) không có hộ nghèo, hộ cận nghèo nào",
        "there were no poor or near-poor households at the start of the period ({year})",
    ),
    "zero_rate": (
        "tỷ lệ năm {year} bằng 0 nên không tính được mức giảm tương đối",
        "the rate of {year} is 0, so nothing can fall in proportion to it",
    ),
    "no_later_year": (
        "chưa có số liệu sau đầu kỳ (năm {baseline_year})",
        "there are no figures after the start of the period ({baseline_year})",
    ),
    "standard_changed": (
        "chuẩn nghèo thay đổi: năm {from_year} theo chuẩn {before_standard}, năm {to_year} theo chuẩn {after_standard}",
        "the poverty standard changed: {from_year} is under {before_standard}, {to_year} under {after_standard}",
    ),
    "year_twice": (
        "năm {year} có hai số liệu theo cùng một chuẩn",
        "{year} has two figures under one standard",
    ),
    "rate_disagrees": (
        "năm {year}, tỷ lệ được ghi là {stated} nhưng tính từ số hộ là {counted}",
        "the rate stated for {year} is {stated}, but the households give {counted}",
    ),
    "impossible_figure": (
        "số liệu năm {year} không thể đúng ({field})",
        "the figures of {year} cannot be right ({field})",
    ),
    "poor_district_unknown": (
        "chưa xác định có phải huyện nghèo hay không",
        "it is not stated whether this is a poor district",
    ),
}
"""Why something cannot be computed; a line with one of these codes is a cause."""

BECAUSE = ("Không tính được vì {}.", "Cannot be computed, because {}.")
SENTENCES: Mapping[str, tuple[str, str]] = {
    "rule_poor_district": (
        (
            "Huyện nghèo: tỷ lệ nghèo đa chiều phải giảm từ {threshold} trở lên trong từng năm, "
            "{years} năm liên tục ({from_year}-{to_year})."
        ),
        (
            "Poor district: the multidimensional poverty rate must fall by at least {threshold} in each of "
            "{years} consecutive years ({from_year}-{to_year})."
        ),
    ),
    "rule_other_place": (
        (
            "Địa phương còn lại: tỷ lệ nghèo đa chiều phải giảm từ {threshold} trở lên trong từng năm, "
            "{years} năm liên tục ({from_year}-{to_year})."
        ),
        (
            "Other localities: the multidimensional poverty rate must fall by at least {threshold} in each of "
            "{years} consecutive years ({from_year}-{to_year})."
        ),
    ),
    "rule_other_place_total": (
        (
            "Địa phương còn lại: tỷ lệ nghèo đa chiều phải giảm tổng cộng từ {threshold} trở lên qua "
            "{years} năm liên tục ({from_year}-{to_year})."
        ),
        (
            "Other localities: the multidimensional poverty rate must fall by at least {threshold} in all over "
            "{years} consecutive years ({from_year}-{to_year})."
        ),
    ),
    "rule_halved": (
        "Quy mô hộ nghèo và hộ cận nghèo đa chiều phải giảm trên {threshold} so với đầu kỳ (năm {baseline_year}).",
        (
            "The number of poor and near-poor households must fall by more than {threshold} against the start "
            "of the period ({baseline_year})."
        ),
    ),
    "rule_area": (
        "Tiêu chí chỉ áp dụng cho xã Khu vực III; đơn vị này: {area}.",
        "The criterion applies to communes of Area III only; this unit: {area}.",
    ),
    "left_out": (
        "Không dùng số liệu năm {missing} vì sau năm cuối được xét.",
        "The figures of {missing} are left out: they come after the last year considered.",
    ),
    "recognised_counts": (
        (
            "Năm {year}, {field}: {old} do người lập nhập, khác số đã công nhận{by_decision} là {new}; tính theo số đã "
            "công nhận. Nếu số nhập mới đúng, hãy ghi giải trình cho tiêu chí và đính kèm quyết định công nhận."
        ),
        (
            "{year}, {field}: {old} entered by the nominator differs from the recognised {new}{by_decision}; the "
            "recognised figure counts. If the entry is right, explain it at the criterion and attach the decision."
        ),
    ),
    "own_figure_counts": (
        (
            "Năm {year}, {field}: {old} do người lập nhập, khác số đã công nhận{by_decision} là {new}; tính theo số "
            "người lập nhập vì hồ sơ có giải trình và giấy tờ kèm theo."
        ),
        (
            "{year}, {field}: {old} entered by the nominator differs from the recognised {new}{by_decision}; the entry "
            "counts, as the file explains it and carries a paper."
        ),
    ),
    "recognised_not_typed": (
        "Năm {year}: hồ sơ không ghi số liệu; tính theo số đã công nhận{provenance}.",
        "{year}: the file gives no figures; the recognised ones count{provenance}.",
    ),
    "rate_stated": (
        "Năm {year}: tỷ lệ nghèo đa chiều {rate}{provenance}.",
        "{year}: multidimensional poverty rate {rate}{provenance}.",
    ),
    "rate_counted": (
        "Năm {year}: ({poor} hộ nghèo + {near_poor} hộ cận nghèo) : {households} hộ = {rate}{provenance}.",
        "{year}: ({poor} poor + {near_poor} near-poor) / {households} households = {rate}{provenance}.",
    ),
    "rate_counted_poor": (
        "Năm {year}: {poor} hộ nghèo : {households} hộ = {rate}{provenance}.",
        "{year}: {poor} poor / {households} households = {rate}{provenance}.",
    ),
    "drop": (
        "Từ năm {from_year} đến năm {to_year}: {subtraction} = {drop}; mức phải đạt: từ {threshold} trở lên; {met}.",
        "{from_year} to {to_year}: {subtraction} = {drop}; required: at least {threshold}; {met}.",
    ),
    "size": (
        "Năm {year}: {poor} hộ nghèo + {near_poor} hộ cận nghèo = {size} hộ{provenance}.",
        "{year}: {poor} poor + {near_poor} near-poor = {size} households{provenance}.",
    ),
    "fall": (
        (
            "Từ năm {from_year} đến năm {to_year}: ({before_size} − {after_size}) : {before_size} = {fall}; "
            "mức phải đạt: trên {threshold}; {met}."
        ),
        (
            "{from_year} to {to_year}: ({before_size} − {after_size}) / {before_size} = {fall}; "
            "required: more than {threshold}; {met}."
        ),
    ),
    "conclusion": ("Kết luận: {result}.", "Conclusion: {result}."),
    "setting": ("{field}: {value}.", "{field}: {value}."),
    "changed_result": ("Kết quả: {old} thành {new}.", "Result: {old} is now {new}."),
    "changed_figure": (
        "Số liệu năm {year}, {field}: {old} thành {new}.",
        "Figures of {year}, {field}: {old} is now {new}.",
    ),
    "changed_unit": ("Đơn vị, {field}: {old} thành {new}.", "Unit, {field}: {old} is now {new}."),
    "changed_setting": ("Cách tính, {field}: {old} thành {new}.", "Setting, {field}: {old} is now {new}."),
    "changed_window": ("Năm cuối được xét: {old} thành {new}.", "Last year considered: {old} is now {new}."),
}
WORDS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "met": {"1": ("đạt", "met"), "0": ("chưa đạt", "not met")},
    "result": {
        "pass": ("đạt", "met"),
        "fail": ("không đạt", "not met"),
        "not_computable": ("không tính được", "cannot be computed"),
        "not_applicable": ("không áp dụng", "not applicable"),
    },
    "area": {"": ("không thuộc khu vực nào", "in no Area")},
    "status": {
        "preliminary": ("sơ bộ", "preliminary"),
        "official": ("chính thức", "official"),
        "own": ("do người lập nhập, khác số đã công nhận", "entered by the nominator, not as recognised"),
    },
    "truth": {"1": ("có", "yes"), "0": ("không", "no")},
    "field": {
        "households": ("tổng số hộ", "households"),
        "poor": ("số hộ nghèo", "poor households"),
        "near_poor": ("số hộ cận nghèo", "near-poor households"),
        "rate": ("tỷ lệ", "rate"),
        "standard": ("chuẩn nghèo", "standard"),
        "status": ("tình trạng", "status"),
        "decision_ref": ("quyết định công nhận", "recognising decision"),
        "figure": ("số liệu", "figure"),
        "poor_district": ("huyện nghèo", "poor district"),
        "area_class": ("khu vực", "Area"),
        "fifty_for_poor_districts": (
            "giảm trên 50 % áp dụng cả cho huyện nghèo",
            "the fall of more than 50 % also for poor districts",
        ),
        "four_each_year": ("mức 4 % tính cho từng năm", "the 4 % counts for each year"),
        "in_points": ("mức giảm tính bằng điểm phần trăm", "the drop counts in percentage points"),
        "with_near_poor": ("tỷ lệ gồm cả hộ cận nghèo", "the rate includes near-poor households"),
        "across_standards": ("so sánh giữa hai chuẩn nghèo", "figures compared across standards"),
        "own_figure_explained": (
            "số do người lập nhập được dùng khi có giải trình và giấy tờ",
            "the nominator's own figure counts once explained with a paper",
        ),
        "baseline_year": ("năm đầu kỳ", "first year of the period"),
        "period_end": ("năm cuối kỳ", "last year of the period"),
        "years_running": ("số năm liên tục", "consecutive years"),
        "poor_district_drop": ("mức giảm của huyện nghèo", "drop of a poor district"),
        "other_drop": ("mức giảm của địa phương còn lại", "drop of other localities"),
        "fall_over": ("mức giảm quy mô", "fall in number"),
    },
}
POINTS = (" điểm phần trăm", " percentage points")
STANDARD = ("chuẩn {}", "standard {}")
BY_DECISION = (" theo {}", " by {}")
NOTHING = ("không có", "none")
