"""A benchmark writes figures down, Otto prints them by name."""

import json
from pathlib import Path
from typing import Any

import pytest

from authoring.measured import NO_FIGURES, Figures, read_measured, rounded
from authoring.problems import ContentError
from tests.authoring.conftest import told

FIGURES = {
    "fetch.inside.inp_ms": {"median": 24, "low": 8, "high": 40, "n": 16},
    "form.inside.lcp_ms": {"median": 390, "n": 16},
    "form.queued.lcp_ms": {"median": 92, "n": 16},
    "fetch.inside.long_task_ms": {"median": None, "n": 16},
    "pool.inside.requests_per_s": 33.4,
    "pool.neighbour_ms": 1980,
    "pool.threads": 8,
}


def written(folder: Path, figures: dict[str, Any], name: str = "styles") -> Figures:
    source = {
        "measured_on": "2026-11-22",
        "by": "benchmarks/styles.py",
        "machine": "2 cores",
        "versions": {"Redis": "7.0.15"},
    }
    (folder / f"{name}.json").write_text(json.dumps({**source, "figures": figures}, indent=1))
    return read_measured(folder)


@pytest.mark.parametrize(
    ("expression", "printed"),
    [
        ("fetch.inside.inp_ms", "24\N{NO-BREAK SPACE}ms"),
        ("fetch.inside.inp_ms.bare", "24"),
        ("fetch.inside.inp_ms.spread", "8 to 40\N{NO-BREAK SPACE}ms"),
        ("fetch.inside.inp_ms.n", "16"),
        ("fetch.inside.inp_ms.high", "40\N{NO-BREAK SPACE}ms"),
        ("form.inside.lcp_ms - form.queued.lcp_ms", "298\N{NO-BREAK SPACE}ms"),
        ("form.queued.lcp_ms - form.inside.lcp_ms", "\N{MINUS SIGN}298\N{NO-BREAK SPACE}ms"),
        ("form.inside.lcp_ms / form.queued.lcp_ms", "4.2"),
        ("fetch.inside.long_task_ms", "none"),
        ("pool.inside.requests_per_s", "33\N{NO-BREAK SPACE}requests/s"),
        ("pool.neighbour_ms", "2\N{NO-BREAK SPACE}s"),
        ("pool.threads", "8"),
    ],
)
def test_a_figure_is_printed_with_its_unit(tmp_path: Path, expression: str, printed: str):
    assert written(tmp_path, FIGURES).text(expression) == printed


@pytest.mark.parametrize(
    ("number", "printed"),
    [(0.752, "0.75"), (4.16, "4.2"), (4.0, "4"), (9.96, "10"), (1109, "1,109"), (0, "0"), (-0.4, "\N{MINUS SIGN}0.4")],
)
def test_numbers_are_rounded_to_what_can_be_known(number: float, printed: str):
    assert rounded(number) == printed


@pytest.mark.parametrize(
    ("expression", "message", "hint"),
    [
        ("fetch.inside.imp_ms", "There is no figure fetch.inside.imp_ms.", "Did you mean fetch.inside.inp_ms?"),
        ("form.inside.lcp_ms.spread", "The figure form.inside.lcp_ms has no low.", "did not write it down"),
        ("a + b", "“a + b” is not a figure.", "- or /"),
    ],
)
def test_an_unknown_figure_is_told_with_the_nearest(tmp_path: Path, expression: str, message: str, hint: str):
    with pytest.raises(ContentError) as caught:
        written(tmp_path, FIGURES).text(expression)
    assert caught.value.message == message
    assert hint in caught.value.hint


def test_comparisons_know_order_ratio_and_nearness(tmp_path: Path):
    figures = written(tmp_path, FIGURES)
    assert figures.holds("form.inside.lcp_ms > 2 * form.queued.lcp_ms")
    assert not figures.holds("form.inside.lcp_ms > 5 * form.queued.lcp_ms")
    assert figures.holds("form.queued.lcp_ms < form.inside.lcp_ms")
    assert not figures.holds("form.queued.lcp_ms > form.inside.lcp_ms")
    assert figures.holds("fetch.inside.inp_ms within 68 of form.queued.lcp_ms")
    assert not figures.holds("fetch.inside.inp_ms within 67 of form.queued.lcp_ms")
    for broken in ("form.inside.lcp_ms", "a >> b", "fetch.inside.long_task_ms > form.inside.lcp_ms"):
        with pytest.raises(ContentError):
            figures.holds(broken)


def test_a_broken_file_is_told_and_the_others_are_read(tmp_path: Path):
    (tmp_path / "broken.json").write_text('{\n"figures": {,}\n}')
    (tmp_path / "bare.json").write_text('{"figures": {}}')
    (tmp_path / "odd.json").write_text(
        '{"measured_on": "", "by": "", "machine": "", "versions": {}, "figures": {\n"a_ms": 1,\n"b_ms": "fast"}}'
    )
    written(tmp_path, {"a_ms": 1}, "first")
    figures = written(tmp_path, {"x_ms": 2, "a_ms": 3}, "second")
    assert figures.number("a_ms") == 1
    assert figures.number("x_ms") == 2
    assert [(problem.path.name, problem.line) for problem in figures.problems] == [
        ("bare.json", 1),
        ("broken.json", 2),
        ("odd.json", 3),
        ("second.json", 10),
    ]
    assert "has no measured_on, by, machine, versions" in told(figures.problems)[0][1]
    assert "in another file too" in told(figures.problems)[3][1]


def test_no_folder_no_figures(tmp_path: Path):
    assert read_measured(tmp_path / "nowhere") == NO_FIGURES


def test_figures_that_no_benchmark_and_no_claim_wrote_are_a_problem(tmp_path: Path):
    path = tmp_path / "typed.json"
    path.write_text(
        '{"measured_on": "2026-11-22",\n"by": "Otto", "machine": "", "versions": {}, "figures": {"a_ms": 1}}'
    )
    (problem,) = read_measured(tmp_path).problems
    assert (problem.line, problem.message) == (2, "“Otto” is neither a benchmark nor a measured claim.")
