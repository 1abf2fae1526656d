"""Otto uses the blocks of the lessons, and is told what is wrong inside them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from authoring import claims
from authoring.blocks import BlockType
from authoring.claims import ClaimArm, ClaimNote
from authoring.measured import Figure, Figures
from authoring.page import Rendered, render_page
from lessons import blocks

CODE = "def view(request):\n    x = 1\n    return x\n\n\ndef other():\n    pass\n"
SOONER = {"a_ms": Figure(330, None, None, 16), "b_ms": Figure(45, None, None, 16)}
JOURNEY = {
    f"run.{part}.{end}_ms": Figure(at_ms, None, None, 1)
    for part, times in {"handler": (0, 4), "browser": (0, 330), "web": (8, 322), "mail": (14, 318)}.items()
    for end, at_ms in zip(("start", "end"), times, strict=True)
}

Render = Callable[..., Rendered]


@pytest.fixture
def render(tmp_path: Path) -> Render:
    """A text in a lesson's folder with one code file."""
    folder = tmp_path / "snow"
    (folder / "examples").mkdir(parents=True)
    (folder / "examples" / "view.py").write_text(CODE)

    def render_text(text: str, **figures: Figure) -> Rendered:
        return render_page(text, folder / "perf.md", 1, Figures({**SOONER, **JOURNEY, **figures}))

    return render_text


GUESS = '::: guess id="snow" question="Snow is"\n{}\n\nIt is white.\n:::\n'
CLAIM = '::: claim id="answer-sooner" holds="yes" must="{}"\n## Holds\n\nB is sooner.\n:::\n'
MEASURED = '::: claim id="c" holds="yes" measured="{}"\n## Holds\n\nB is sooner.\n:::\n'
TIP = "::: tip\n**Do it.**\n\nOften said: x\n{}\n:::\n"
TABLE = '::: table caption="c" fit="turn"\n{}\n:::\n'
MARKED = '::: code file="examples/view.py" part="view"\n{}\n:::\n'


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (GUESS.format("- white"), 1, "The block guess has two to six options, not 1."),
        (GUESS.format("- white\n- white"), 1, "Two options of this guess are the same."),
        ('::: guess id="Snow!" question="x"\n- a\n- b\n:::\n', 1, "“Snow!” is no id."),
        (CLAIM.format("b_ms > a_ms"), 1, "The figures do not bear this claim out: b_ms > a_ms."),
        (CLAIM.format("a_ms > c_ms"), 1, "There is no figure c_ms."),
        ('::: claim id="c" holds="perhaps"\n## H\n\nS.\n:::\n', 1, "A claim cannot hold “perhaps”."),
        ('::: claim id="c" holds="yes"\nS.\n:::\n', 1, "This claim does not begin with a heading and a sentence."),
        (MEASURED.format("answer-soner"), 1, "Nobody measures a claim answer-soner."),
        (TIP.format("Fails when: y"), 1, "This tip does not have its rows in order."),
        (TABLE.format("| a | b |\n| 1 | 2 |"), 1, "This is not a table."),
        (TABLE.format("| a | b |\n|---|---|\n| 1 |"), 4, "This row has 1 cells, the head has 2."),
        ('::: table caption="c" fit="trun"\n| a |\n|---|\n| 1 |\n:::\n', 1, "A table cannot trun."),
        ('::: code file="examples/vew.py"\n:::\n', 1, "There is no file examples/vew.py."),
        ('::: code file="../../secret.py"\n:::\n', 1, "../../secret.py lies outside the folder of the lesson."),
        ('::: code file="examples/view.py" part="veiw"\n:::\n', 1, "The file has no part veiw."),
        (MARKED.format("wed | def view |"), 2, "Unknown lane wed."),
        (MARKED.format("web | def view | Web\nmail | y = 2 |"), 3, "No line of the code holds “y = 2” here."),
        (MARKED.format("web def view"), 2, "“web def view” marks no line."),
        ('::: journeys from="runn" titles="Run"\n:::\n', 1, "There is no journey runn."),
        ('::: journeys from="run" titles="A | B"\n:::\n', 1, "There are not as many titles as journeys."),
        ('::: measured from="styles"\n:::\n', 1, "There is no file measured/styles.json."),
        ("::: big\nz_ms | slow\n:::\n", 1, "There is no figure z_ms."),
        ('::: step level="easy" title="A" called=" "\nDo.\n:::\n', 1, "This step is called nothing."),
    ],
)
def test_each_mistake_is_told_with_its_line(render: Render, text: str, line: int, message: str):
    assert (line, message) in [(problem.line, problem.message) for problem in render(text).problems]


def test_a_claim_is_refused_once_the_figures_turn_against_it(render: Render):
    holds = CLAIM.format("a_ms > 2 * b_ms")
    assert render(holds).problems == ()
    swapped = render(holds, a_ms=SOONER["b_ms"], b_ms=SOONER["a_ms"])
    assert "do not bear this claim out" in swapped.problems[0].message


NOTE = ClaimNote(
    "B is sooner than A.",
    "/claims/c/",
    "holds",
    "ok",
    False,
    "2026-11-22",
    "2 cores",
    "Redis 7.0.15",
    (ClaimArm("inside", "330 ms", "320 to 350 ms", 8), ClaimArm("queued", "45 ms", "40 to 60 ms", 8)),
)


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> dict[str, ClaimNote]:
    """The labs measure two claims."""
    notes = {"c": NOTE, "d": replace(NOTE, address="/claims/d/")}
    monkeypatch.setattr(claims, "_registered", [lambda: notes])
    return notes


def test_a_claim_shows_its_last_measurement_and_leads_to_measuring_it_here(render: Render, measured):
    html = render(MEASURED.format("c, d")).html
    assert "2 claims: holds, last measured on 2026-11-22" in html
    assert "inside 330 ms (320 to 350 ms, n 8); queued 45 ms" in html
    assert '<a href="/claims/c/#here">Measure here</a>' in html
    assert '<a href="/claims/d/#method">how</a>' in html
    assert html.count("2 cores; Redis 7.0.15.") == 1


def test_a_claim_that_was_measured_and_does_not_hold_is_a_problem(render: Render, measured):
    measured["c"] = replace(NOTE, state="does not hold here", fails=True)
    (problem,) = render(MEASURED.format("c")).problems
    assert problem.message == "The claim c was measured, and does not hold."


def test_what_is_only_said_has_no_measurement(render: Render, measured):
    assert "Measure here" not in render('::: claim id="c" holds="said"\n## Said\n\nS.\n:::\n').html


def test_a_guess_names_the_lab_that_answers_it(render: Render):
    text = GUESS.format("- white\n- blue").replace('question="Snow is"', 'question="Snow is" lab="email-in-request"')
    assert ' data-lab="email-in-request">' in render(text).html


def test_a_guess_shows_its_options_and_hides_the_answer_behind_a_summary(render: Render):
    page = render(GUESS.format("- white\n- <b>blue</b>"))
    assert page.problems == ()
    assert "<li>white</li><li>&lt;b&gt;blue&lt;/b&gt;</li>" in page.html
    assert 'data-slug="lessons/snow/perf/snow"' in page.html
    assert page.html.index("<summary>Just show me</summary>") < page.html.index("It is white.")
    assert "<form" not in page.html


def test_code_is_read_from_its_file_and_marked_by_lane(render: Render):
    page = render(MARKED.format("web | def view | Web\nmail | return | Mail, {{ a_ms }}\n\n**Gain:** much."))
    assert page.problems == ()
    assert '<span class="ln web"><span><span class="kw">def</span> view(request):</span><small>' in page.html
    assert "Mail, 330\N{NO-BREAK SPACE}ms</small>" in page.html
    assert "other" not in page.html
    assert "<strong>Gain:</strong>" in page.html


def test_a_journey_is_drawn_to_scale_with_the_same_as_a_table(render: Render):
    page = render('::: journeys from="run" titles="Inside"\nA caption.\n:::\n')
    assert page.problems == ()
    assert 'aria-label="Inside: the answer is there after 330 ms. Web 8 to 322 ms, Mail 14 to 318 ms."' in page.html
    assert '<td class="n">14 to 318</td>' in page.html
    assert '<rect class="bar mail" x="2.80%" y="137" width="60.80%" height="14"/>' in page.html


def test_steps_are_numbered_under_the_word_they_are_called(render: Render):
    step = ':::: step level="easy" title="{}"{}\nDo it.\n::::\n'
    page = render(step.format("Lists", "") + step.format("Repair", ' called="Problem"'))
    assert '<h3 id="lists">Step 1. Lists</h3>' in page.html
    assert '<h3 id="repair">Problem 2. Repair</h3>' in page.html


def test_a_table_says_what_its_headings_are_for(render: Render):
    page = render(
        '::: table caption="c" fit="scroll"\n| | INP: mail | INP: queue |\n|---|--:|--:|\n| form | 1 | 2 |\n:::\n'
    )
    assert '<td></td><th scope="colgroup" colspan="2" class="n">INP</th>' in page.html
    assert '<th scope="row">form</th><td class="n">1</td>' in page.html


WHISPER = """
from authoring.blocks import BlockType

BLOCKS = (BlockType("whisper", lambda block, markdown: markdown(block.body, block.line + 1)),)
"""


def test_a_new_block_is_one_more_module_in_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "whisper.py").write_text(WHISPER)
    monkeypatch.setattr(blocks, "__path__", [*blocks.__path__, str(tmp_path)])
    known: dict[str, BlockType] = {}
    monkeypatch.setattr("authoring.blocks.BLOCK_TYPES", known)
    blocks.register_blocks()
    assert {"predict", "project", "hint", "whisper"} <= known.keys()
