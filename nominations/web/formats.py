"""How days, hours and money are written on every page, in both languages: the way Vietnamese offices do."""

from datetime import date, datetime

from flask import Flask

from nominations.clock import WORKING_ZONE


def init_app(app: Flask) -> None:
    """Give the templates the filters of this module, by their names."""
    for written in (date_vi, datetime_vi, time_vi, money_vi):
        app.add_template_filter(written)


def date_vi(value: date) -> str:
    """Write a day as 04/03/2024; an instant's day is that of the working zone."""
    day = value.astimezone(WORKING_ZONE) if isinstance(value, datetime) else value
    return day.strftime("%d/%m/%Y")


def datetime_vi(value: datetime) -> str:
    """Write an aware instant as 09:00 04/03/2024, in the working zone."""
    return value.astimezone(WORKING_ZONE).strftime("%H:%M %d/%m/%Y")


def time_vi(value: datetime) -> str:
    """Write an aware instant's hour and minute in the working zone."""
    return value.astimezone(WORKING_ZONE).strftime("%H:%M")


def money_vi(value: int) -> str:
    """Write an amount in đồng as 1.490.000 đồng."""
    return f"{value:,}".replace(",", ".") + " đồng"
