"""Every bonus in dong, typed by hand from the legal facts: coefficient x base salary x kind, up to the next 10,000.

R1 is Decree 91/2017 (1.0 for the province's, nothing found for a household), R2 Decree 98/2023, R3 Decree 152/2025 (no
district any more, the commune's doubled). None: the tables have no figure, so it is entered by hand.
"""

from datetime import date

KINDS = ("individual", "household", "collective")
Row = tuple[int | None, int | None, int | None]
PERIODS: dict[tuple[str, date, date | None], dict[str, Row]] = {
    ("R1", date(2019, 7, 1), date(2023, 6, 30)): {  # 1,490,000
        "GK-XA": (230_000, None, 450_000),
        "GK-HUYEN": (450_000, None, 900_000),
        "GK-SO": (450_000, None, 900_000),
        "GK-DN": (450_000, None, 900_000),
        "BK-TINH": (1_490_000, None, 2_980_000),
        "BK-TTG": (5_220_000, None, 10_430_000),
    },
    ("R1", date(2023, 7, 1), date(2023, 12, 31)): {  # 1,800,000
        "GK-XA": (270_000, None, 540_000),
        "GK-HUYEN": (540_000, None, 1_080_000),
        "GK-SO": (540_000, None, 1_080_000),
        "GK-DN": (540_000, None, 1_080_000),
        "BK-TINH": (1_800_000, None, 3_600_000),
        "BK-TTG": (6_300_000, None, 12_600_000),
    },
    ("R2", date(2024, 1, 1), date(2024, 6, 30)): {  # 1,800,000
        "GK-XA": (270_000, 410_000, 540_000),
        "GK-HUYEN": (540_000, 810_000, 1_080_000),
        "GK-SO": (540_000, 810_000, 1_080_000),
        "GK-DN": (540_000, 810_000, 1_080_000),
        "BK-TINH": (2_700_000, 4_050_000, 5_400_000),
        "BK-TTG": (6_300_000, 9_450_000, 12_600_000),
    },
    ("R2", date(2024, 7, 1), date(2025, 6, 30)): {  # 2,340,000
        "GK-XA": (360_000, 530_000, 710_000),
        "GK-HUYEN": (710_000, 1_060_000, 1_410_000),
        "GK-SO": (710_000, 1_060_000, 1_410_000),
        "GK-DN": (710_000, 1_060_000, 1_410_000),
        "BK-TINH": (3_510_000, 5_270_000, 7_020_000),
        "BK-TTG": (8_190_000, 12_290_000, 16_380_000),
    },
    ("R3", date(2025, 7, 1), None): {  # 2,340,000
        "GK-XA": (710_000, 1_060_000, 1_410_000),
        "GK-HUYEN": (None, None, None),
        "GK-SO": (710_000, 1_060_000, 1_410_000),
        "GK-DN": (710_000, 1_060_000, 1_410_000),
        "BK-TINH": (3_510_000, 5_270_000, 7_020_000),
        "BK-TTG": (8_190_000, 12_290_000, 16_380_000),
    },
}
CELLS = [
    (first, last, form, kind, amount)
    for (_, first, last), forms in PERIODS.items()
    for form, row in forms.items()
    for kind, amount in zip(KINDS, row, strict=True)
]
