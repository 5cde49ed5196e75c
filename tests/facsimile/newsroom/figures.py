"""Figures as agencies print them: money, percentages, counts and days."""

import math
from datetime import date, timedelta
from random import Random

from tests.facsimile.newsroom.grammar import words
from tests.facsimile.newsroom.places import Country

_SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_QUARTERS = ("first", "second", "third", "fourth")
_MONTHS = words(
    "January February March April May June July August September October November December"
)
_WEEKDAYS = words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
_THOUSAND = 1000.0
_CHEAP_OIL_UNTIL = 2018


def between(rng: Random, low: float, high: float) -> float:
    """Return a number between two bounds."""
    return low + (high - low) * rng.random()


def whole(rng: Random, low: int, high: int) -> int:
    """Return a whole number from `low` to `high`, both included."""
    return low + int(rng.random() * (high - low + 1))


def count(number: int) -> str:
    """Return a count as copy spells it: words below ten, thousands with commas."""
    return _SMALL[number] if 0 <= number < len(_SMALL) else f"{number:,}"


def percent(number: float) -> str:
    """Return a share with one decimal and the word."""
    return f"{number:.1f} percent"


def amount(millions: float, currency: str) -> str:
    """Return an amount of money: `KD 41.2 million`, `$3.45 billion`."""
    joint = "" if currency in ("$", "€", "£", "R$", "C$") else " "
    if millions >= _THOUSAND * _THOUSAND:
        return f"{currency}{joint}{millions / _THOUSAND / _THOUSAND:.2f} trillion"
    if millions >= _THOUSAND:
        return f"{currency}{joint}{millions / _THOUSAND:.2f} billion"
    return f"{currency}{joint}{millions:.1f} million"


def money(millions_of_dollars: float, country: Country) -> str:
    """Return an amount in a country's own currency."""
    return amount(millions_of_dollars * country.per_dollar, country.currency)


def both_currencies(millions_of_dollars: float, country: Country) -> str:
    """Return an amount in a country's currency and, in brackets, in dollars."""
    own = money(millions_of_dollars, country)
    if country.currency == "$":
        return own
    return f"{own} ({amount(millions_of_dollars, '$')})"


def small_sum(dollars: float, country: Country) -> str:
    """Return a sum that a person pays, in a country's currency: `AED 5,200`."""
    own = dollars * country.per_dollar
    step = 10 if own < _THOUSAND else 100
    joint = "" if country.currency in ("$", "€", "£", "R$", "C$") else " "
    return f"{country.currency}{joint}{max(step, round(own / step) * step):,}"


def ordinal(number: int) -> str:
    """Return a place in an order: `21st`."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }".replace(" ", "")


def oil_price(when: date) -> float:
    """Return the price of a barrel on a day, in dollars: the same whichever story asks."""
    number = when.toordinal()
    level = 71.0 if when.year > _CHEAP_OIL_UNTIL else 51.0
    swing = 7 * math.sin(number / 97) + 3 * math.sin(number / 23) + 0.9 * math.sin(number * 1.7)
    return round(level + swing, 2)


def day(when: date) -> str:
    """Return a day of the year: `March 14`."""
    return f"{_MONTHS[when.month - 1]} {when.day}"


def long_day(when: date) -> str:
    """Return a day with its year: `March 14, 2025`."""
    return f"{day(when)}, {when.year}"


def month(when: date) -> str:
    """Return the name of a day's month."""
    return _MONTHS[when.month - 1]


def weekday(when: date) -> str:
    """Return the name of a day of the week."""
    return _WEEKDAYS[when.weekday()]


def months_later(when: date, months: int) -> date:
    """Return the first day of the month so many months away."""
    index = when.year * 12 + when.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def last_quarter(when: date) -> tuple[str, int]:
    """Return the last quarter that had ended four weeks before a day: `("third", 2025)`."""
    before = months_later(when - timedelta(days=28), -3)
    return _QUARTERS[(before.month - 1) // 3], before.year


def last_session(when: date, *, is_gulf: bool) -> str:
    """Return the weekday of the last trading session, Sunday to Thursday in the Gulf."""
    closed = (4, 5) if is_gulf else (5, 6)
    while when.weekday() in closed:
        when -= timedelta(days=1)
    return weekday(when)
