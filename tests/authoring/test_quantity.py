"""How people type numbers, and what each means."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from authoring.quantity import (
    LONGEST,
    MILLISECOND,
    PERCENT,
    NotAQuantity,
    Quantity,
    find_unit,
    number_in,
    read_quantity,
)

READ = [
    ("300 ms", "300 ms"),
    ("300ms", "300 ms"),
    ("  300   MS. ", "300 ms"),
    ("300 milliseconds", "300 ms"),
    ("0.3 s", "0.3 s"),
    ("0,3 s", "0.3 s"),
    (".3 sec", "0.3 s"),
    ("0,300 s", "0.3 s"),
    ("1 000", "1000"),
    ("1\u00a0000 ms", "1000 ms"),
    ("12\u202f345 B", "12345 B"),
    ("1'000", "1000"),
    ("1\u2019000", "1000"),
    ("1,000,000", "1000000"),
    ("1.000.000", "1000000"),
    ("1,000.5", "1000.5"),
    ("1.000,5", "1000.5"),
    ("1 000,5", "1000.5"),
    ("1.000", "1"),
    ("1,00", "1"),
    ("5 \u00b5s", "5 µs"),
    ("5 \u03bcs", "5 µs"),
    ("5us", "5 µs"),
    ("2 min", "2 min"),
    ("2 hours", "2 h"),
    ("12%", "12 %"),
    ("12 per cent", "12 %"),
    ("3x", "3 times"),
    ("3 \u00d7", "3 times"),
    ("3 times", "3 times"),
    ("4 KB", "4 kB"),
    ("4kb", "4 kB"),
    ("4 KiB", "4 KiB"),
    ("\u22123", "-3"),
    ("+3", "3"),
    ("3e2 ms", "300 ms"),
    ("0", "0"),
]
REFUSED = [
    ("1,000", "“1,000” can mean 1000 or 1. Write 1000 or 1."),
    ("12,500 B", "“12,500” can mean 12500 or 12.5. Write 12500 or 12.5."),
    ("", "There is no number."),
    ("about 300 ms", "“about 300 ms” does not begin with a number. Write digits first, then the unit."),
    ("three", "“three” does not begin with a number."),
    ("300-400 ms", "“300-400 ms” is more than one number. Write one number with its unit."),
    ("1/3", "“1/3” is more than one number."),
    ("5 m", "“m” is not clear: minutes or milliseconds? Write min or ms."),
    ("5 parsecs", "The unit “parsecs” is not known. Known: %, times, ns,"),
    ("1 00", "The number in “1 00” cannot be read. Write it with digits and one decimal point, as in 1234.5."),
    ("1.2.3", "The number in “1.2.3” cannot be read."),
    ("1,,2", "The number in “1,,2” cannot be read."),
    ("3e400", "“3e400” is out of range. Write the number in digits."),
    ("9" * 61, "This is 61 characters long."),
    ("\u00b2 ms", "“² ms” does not begin with a number."),
    ("3\0", "The unit “\0” is not known."),
]


@pytest.mark.parametrize(("typed", "meant"), READ)
def test_what_people_type_is_read(typed: str, meant: str) -> None:
    assert str(read_quantity(typed)) == meant


@pytest.mark.parametrize(("typed", "why"), REFUSED)
def test_what_cannot_be_read_is_refused_with_reason_and_remedy(typed: str, why: str) -> None:
    with pytest.raises(NotAQuantity) as refused:
        read_quantity(typed)
    assert str(refused.value).startswith(why)
    assert refused.value.remedy


def test_a_number_without_a_unit_is_in_the_one_it_is_asked_in() -> None:
    assert [number_in(text, MILLISECOND) for text in ("285", "0.285 s", "1 000")] == [285, 285, 1000]
    assert str(read_quantity("285", MILLISECOND)) == "285 ms"


def test_a_unit_of_another_kind_is_refused_with_those_that_fit() -> None:
    with pytest.raises(NotAQuantity, match=r"^This is asked in %, not in ms\. Write it in %\.$"):
        number_in("285 ms", PERCENT)


def test_units_of_one_kind_measure_in_the_same_base() -> None:
    amounts = [read_quantity(text).amount for text in ("300 ms", "0.3 s", "300000 us", "0.005 min", "300000000 ns")]
    assert set(amounts) == {Decimal("0.3")}
    assert read_quantity("4 KiB").amount - read_quantity("4 kB").amount == 96


@settings(derandomize=True, max_examples=300, deadline=None, database=None)
@given(st.text(alphabet="0123456789 .,'-+eEmskBx%µ\u2009\u0663abc", max_size=LONGEST + 5))
def test_any_text_is_a_quantity_or_refused(text: str) -> None:
    try:
        quantity = read_quantity(text)
    except NotAQuantity:
        return
    assert quantity.amount.is_finite()
    assert find_unit(quantity.unit.symbol) == quantity.unit


@settings(derandomize=True, max_examples=200, deadline=None, database=None)
@given(st.decimals(-(10**9), 10**9, allow_nan=False, places=4), st.sampled_from(["", "ms", "s", "%", "kB", "times"]))
def test_what_we_print_is_read_back(value: Decimal, name: str) -> None:
    unit = find_unit(name)
    assert unit
    assert read_quantity(str(Quantity(value, unit))) == Quantity(value, unit)
