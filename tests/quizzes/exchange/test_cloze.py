"""Gaps as Moodle writes them into a text: every sign that means something there comes back as itself."""

import pytest

from quizzes.exchange.cloze import read_cloze, write_gap
from quizzes.exchange.formats import moodle_xml
from quizzes.exchange.items import Bank, Blanks, Gap, Item, Miss

SIGNS = [
    "==",
    "=",
    "%50%",
    "~",
    "~=",
    "#",
    "a#b",
    "}",
    "\\",
    "\\n",
    "\\}",
    "\\#",
    "*",
    "r.*",
    "\\*",
    "<=",
    "&",
    "&amp;",
    '"/"',
]


def gap_of(*accepted: str, misses: tuple[Miss, ...] = ()) -> Gap:
    """A gap named as the reader names the first one."""
    return Gap("gap-1", accepted, misses, "It fits.")


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("tiles", [True, False], ids=["tiles", "typed"])
def test_signs_come_back_as_answers_misses_and_what_is_said(sign: str, tiles: bool) -> None:
    for gap in (gap_of(sign), gap_of("yes", misses=(Miss(sign, sign), Miss("no", f"No: {sign}.")))):
        found = read_cloze(write_gap(gap, tiles=tiles))
        assert (found.gaps, found.tiles, found.strange) == ((gap,), tiles, ())
    said = Gap("gap-1", ("yes",), explanation=sign)
    assert read_cloze(write_gap(said, tiles=tiles)).gaps == (said,)


@pytest.mark.parametrize(
    ("tiles", "written"),
    [
        (False, "{1:SHORTANSWER_C:===#It fits.~=is~%0%=#Keeps &#60;it&#62; \\#1.~%0%%5%~&#92;*&#126;\\}&#92;&#38;}"),
        (True, "{1:MULTICHOICE:===#It fits.~%0%=#Keeps &#60;it&#62; \\#1.~%0%%5%~*&#126;\\}&#92;&#38;}"),
    ],
)
def test_moodle_takes_references_for_signs_and_a_backslash_only_before_two_of_them(tiles: bool, written: str) -> None:
    gap = gap_of("==", "is", misses=(Miss("=", "Keeps <it> #1."), Miss("%5%"), Miss("*~}\\&")))
    assert write_gap(gap, tiles=tiles) == written


def test_gaps_in_code_come_back_from_a_file() -> None:
    gaps = tuple(Gap(f"gap-{n}", (sign,), (Miss("=", "No & never."),), "Yes.") for n, sign in enumerate(SIGNS, 1))
    code = "\n".join(f"if a < [[{gap.name}]] and '&lt;' > [[no gap]]:" for gap in gaps)
    item = Item(Blanks(code, gaps), "Fill in.", "signs", "Signs")
    arrived = moodle_xml.read(moodle_xml.write_bank(Bank((item,))).content.decode())
    assert (arrived.bank.items, arrived.losses, arrived.refusals) == ((item,), (), ())
