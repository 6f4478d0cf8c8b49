"""The Vietnamese lunar calendar from the mean motions of moon and sun, to check the holidays against.

Meeus' series for the new moon and the sun's longitude, cut to day accuracy, at UTC+7. A lunar month begins on the day
of the new moon; the 11th holds the winter solstice; a year of 13 months repeats the first one without a major term.
"""

from __future__ import annotations

from datetime import date
from math import floor, pi, radians, sin

_JULIAN_DAY_OF_ORDINAL_0 = 1721425
_HOURS_EAST = 7.0


def solar_date(year: int, month: int, day: int) -> date:
    """The day of ``day`` of lunar ``month`` (not the leap one) in lunar ``year``; for months 1 to 10."""
    start = _month_11(year - 1)
    offset = month + 1
    if _month_11(year) - start > 365 and offset >= _leap_offset(start):
        offset += 1
    first = _new_moon_day(_lunation(start) + offset)
    return date.fromordinal(first + day - 1 - _JULIAN_DAY_OF_ORDINAL_0)


def _month_11(year: int) -> int:
    end = date(year, 12, 31).toordinal() + _JULIAN_DAY_OF_ORDINAL_0
    lunation = floor((end - 2415021) / 29.530588853)
    day = _new_moon_day(lunation)
    return _new_moon_day(lunation - 1) if _major_term(day) >= 9 else day


def _lunation(day: int) -> int:
    return floor(0.5 + (day - 2415021.076998695) / 29.530588853)


def _leap_offset(start: int) -> int:
    lunation = _lunation(start)
    terms = [_major_term(_new_moon_day(lunation + number)) for number in range(1, 15)]
    return next(number for number in range(1, 14) if terms[number] == terms[number - 1])


def _new_moon_day(lunation: int) -> int:
    return floor(_new_moon(lunation) + 0.5 + _HOURS_EAST / 24)


def _major_term(day: int) -> int:
    return floor(_sun_longitude(day - 0.5 - _HOURS_EAST / 24) / pi * 6)


def _new_moon(k: int) -> float:
    t = k / 1236.85
    mean = 2415020.75933 + 29.53058868 * k + 0.0001178 * t**2 - 0.000000155 * t**3
    mean += 0.00033 * sin(radians(166.56 + 132.87 * t - 0.009173 * t**2))
    sun = radians(359.2242 + 29.10535608 * k - 0.0000333 * t**2 - 0.00000347 * t**3)
    moon = radians(306.0253 + 385.81691806 * k + 0.0107306 * t**2 + 0.00001236 * t**3)
    node = radians(21.2964 + 390.67050646 * k - 0.0016528 * t**2 - 0.00000239 * t**3)
    change = (0.1734 - 0.000393 * t) * sin(sun) + 0.0021 * sin(2 * sun) - 0.4068 * sin(moon)
    change += 0.0161 * sin(2 * moon) - 0.0004 * sin(3 * moon) + 0.0104 * sin(2 * node)
    change += -0.0051 * sin(sun + moon) - 0.0074 * sin(sun - moon) + 0.0004 * sin(2 * node + sun)
    change += -0.0004 * sin(2 * node - sun) - 0.0006 * sin(2 * node + moon) + 0.0010 * sin(2 * node - moon)
    change += 0.0005 * sin(2 * moon + sun)
    return mean + change - (-0.000278 + 0.000265 * t + 0.000262 * t**2)


def _sun_longitude(julian: float) -> float:
    t = (julian - 2451545.0) / 36525
    mean = radians(357.52910 + 35999.05030 * t - 0.0001559 * t**2 - 0.00000048 * t**3)
    longitude = 280.46645 + 36000.76983 * t + 0.0003032 * t**2
    longitude += (1.914600 - 0.004817 * t - 0.000014 * t**2) * sin(mean)
    longitude += (0.019993 - 0.000101 * t) * sin(2 * mean) + 0.000290 * sin(3 * mean)
    return radians(longitude) % (2 * pi)
