"""A number with its unit, as people type it: “300 ms”, “0.3 s”, “0,3 s”, “1 000”, “3x”, “12 %”.

What can be read in two ways is refused with both readings, so that nobody is marked wrong for a comma.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

LONGEST = 60  # characters
LARGEST_EXPONENT = 30


class NotAQuantity(ValueError):
    """What was typed cannot be read. `what` says why, `remedy` what to type instead."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what} {remedy}")
        self.what, self.remedy = what, remedy


@dataclass(frozen=True)
class Unit:
    """A unit: its symbol, what kind of thing it measures, and how many of that kind's base unit it holds."""

    symbol: str
    kind: str
    factor: Decimal
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.symbol


PLAIN = Unit("", "number", Decimal(1))
PERCENT = Unit("%", "share", Decimal(1), ("percent", "per cent"))
MILLISECOND = Unit("ms", "time", Decimal("1e-3"), ("msec", "millisecond", "milliseconds"))
# Decimal multiples are powers of 1000 and binary ones (KiB) of 1024: IEC 80000-13. KB is read as kB.
UNITS = (
    PLAIN,
    PERCENT,
    Unit("times", "number", Decimal(1), ("time", "x", "\u00d7", "fold")),
    Unit("ns", "time", Decimal("1e-9"), ("nanosecond", "nanoseconds")),
    Unit("µs", "time", Decimal("1e-6"), ("μs", "us", "microsecond", "microseconds")),
    MILLISECOND,
    Unit("s", "time", Decimal(1), ("sec", "secs", "second", "seconds")),
    Unit("min", "time", Decimal(60), ("mins", "minute", "minutes")),
    Unit("h", "time", Decimal(3600), ("hour", "hours")),
    Unit("B", "size", Decimal(1), ("byte", "bytes")),
    Unit("kB", "size", Decimal(10) ** 3, ("KB", "kilobyte", "kilobytes")),
    Unit("MB", "size", Decimal(10) ** 6, ("megabyte", "megabytes")),
    Unit("GB", "size", Decimal(10) ** 9, ("gigabyte", "gigabytes")),
    Unit("KiB", "size", Decimal(2) ** 10, ("kibibyte", "kibibytes")),
    Unit("MiB", "size", Decimal(2) ** 20, ("mebibyte", "mebibytes")),
    Unit("GiB", "size", Decimal(2) ** 30, ("gibibyte", "gibibytes")),
)
_BY_NAME = {name.casefold(): unit for unit in UNITS for name in (unit.symbol, *unit.names)}

NUMBER = re.compile(
    r"(?P<sign>[+\-\u2212]?)\s*(?P<digits>\d[\d\s.,'\u2019]*|[.,]\d+)(?:[eE](?P<exponent>[+-]?\d+))?\s*(?P<unit>.*)"
)
DECIMAL = re.compile(r"(?P<whole>\d*)(?:[.,](?P<part>\d+))?")
GROUPED = re.compile(r"(?P<whole>\d{1,3}(?P<mark>[ '.,])\d{3}(?:(?P=mark)\d{3})*)(?:(?!(?P=mark))[.,](?P<part>\d+))?")
COMMA_OR_THOUSAND = re.compile(r"[1-9]\d{0,2},\d{3}")


@dataclass(frozen=True)
class Quantity:
    """A value in a unit."""

    value: Decimal
    unit: Unit = PLAIN

    @property
    def amount(self) -> Decimal:
        """The value in the base unit of its kind: seconds, bytes, or itself."""
        return self.value * self.unit.factor

    def __str__(self) -> str:
        value = in_digits(self.value)
        return value if self.unit == PLAIN else f"{value} {self.unit.symbol}"


def read_quantity(text: str, usual: Unit = PLAIN) -> Quantity:
    """The number in `text` with its unit, `usual` when it names none. Raises NotAQuantity with reason and remedy."""
    text = text.strip()
    if not text:
        raise NotAQuantity("There is no number.", "Write one in digits, with its unit if it has one.")
    if len(text) > LONGEST:
        remedy = f"Write one number with its unit; {LONGEST} characters are enough for it."
        raise NotAQuantity(f"This is {len(text)} characters long.", remedy)
    found = NUMBER.fullmatch(text)
    if not found:
        raise NotAQuantity(f"“{text}” does not begin with a number.", "Write digits first, then the unit.")
    unit = _unit(found["unit"], text)
    value = _value(found["digits"], text).scaleb(_exponent(found["exponent"] or "0", text))
    return Quantity(-value if found["sign"] in ("-", "\u2212") else value, usual if unit is PLAIN else unit)


def number_in(text: str, unit: Unit) -> float:
    """The number in `text`, in `unit`. Raises NotAQuantity, also when it names a unit of another kind."""
    found = read_quantity(text, unit)
    if found.unit.kind != unit.kind:
        raise NotAQuantity(f"This is asked in {unit}, not in {found.unit}.", f"Write it in {units_like(unit)}.")
    return float(found.amount / unit.factor)


def find_unit(name: str) -> Unit | None:
    """The unit with this symbol or name, whatever its case."""
    return _BY_NAME.get(" ".join(name.split()).casefold())


def units_like(unit: Unit) -> str:
    """The symbols that measure the same kind of thing, for a message."""
    return ", ".join(other.symbol for other in UNITS if other.kind == unit.kind and other.symbol)


def in_digits(value: Decimal) -> str:
    """The value without exponent and without zeros at the end of its fraction."""
    digits = format(value, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _unit(written: str, text: str) -> Unit:
    unit = find_unit(written.rstrip("."))
    if unit:
        return unit
    if re.search(r"\d", written):
        raise NotAQuantity(f"“{text}” is more than one number.", "Write one number with its unit.")
    if written == "m":
        raise NotAQuantity("“m” is not clear: minutes or milliseconds?", "Write min or ms.")
    known = ", ".join(unit.symbol for unit in UNITS if unit.symbol)
    raise NotAQuantity(f"The unit “{written}” is not known.", f"Known: {known}, or no unit.")


def _value(written: str, text: str) -> Decimal:
    digits = " ".join(written.replace("\u2019", "'").split()).rstrip(" .,'")
    if COMMA_OR_THOUSAND.fullmatch(digits):
        grouped, decimal = digits.replace(",", ""), in_digits(Decimal(digits.replace(",", ".")))
        raise NotAQuantity(f"“{digits}” can mean {grouped} or {decimal}.", f"Write {grouped} or {decimal}.")
    found = DECIMAL.fullmatch(digits) or GROUPED.fullmatch(digits)
    if not found:
        remedy = "Write it with digits and one decimal point, as in 1234.5."
        raise NotAQuantity(f"The number in “{text}” cannot be read.", remedy)
    whole = re.sub(r"\D", "", found["whole"])
    return Decimal(f"{whole or 0}.{found['part'] or 0}")


def _exponent(written: str, text: str) -> int:
    if abs(int(written)) > LARGEST_EXPONENT:
        raise NotAQuantity(f"“{text}” is out of range.", "Write the number in digits.")
    return int(written)
