"""The block `code`: parts of a real file, its lines marked with the lane in which their time is spent.

    ::: code file="examples/queued.py" part="sign_up, welcome" mark="good" title="Good: handed to the queue."
    web | def sign_up | Web
    redis | on_commit | Redis, {{ publish_ms }}

    **Gain:** what stands below the first empty line is the text under the code.
    :::

A line `lane | words in the code | note` marks the lines from the next one on that holds those words.
"""

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString

from authoring.blocks import Block, BlockType, RenderMarkdown
from authoring.code_figure import Margin, code_figure
from authoring.lanes import LANE_BY_SLUG, icon
from authoring.problems import ContentError, Problem, did_you_mean
from lessons.blocks.texts import inline

MARKS = {"good": "ok", "bad": "no"}
FIGURE = re.compile(r"\{\{\s*(.*?)\s*\}\}")


@dataclass(frozen=True)
class LaneMark:
    """From the line that holds `words` on, time is spent in `lane`; `note` stands at the end of that line."""

    line: int
    lane: str
    words: str
    note: str


def check(block: Block) -> Iterable[Problem]:
    """Whether file, parts, lanes and marked words exist."""
    mark = block.options.get("mark", "good")
    if mark not in MARKS:
        yield Problem(block.path, block.line, f"Code cannot be marked {mark}.", did_you_mean(mark, MARKS))
    try:
        _placed(_code(block).split("\n"), _marks(block))
    except ContentError as error:
        yield Problem(block.path, error.line or block.line, error.message, error.hint)


def render(block: Block, markdown: RenderMarkdown) -> SafeString:
    """The code as a figure, its title above and its text below."""
    code = _code(block)
    marks = _placed(code.split("\n"), _marks(block))
    caption = format_html(
        "{}{}",
        format_html("{} ", icon(MARKS[block.options["mark"]])) if "mark" in block.options else "",
        inline(markdown(block.options.get("title", f"`{block.options['file']}`"), block.line)),
    )
    margins = {index: Margin(mark.lane, _note(block, mark)) for index, mark in marks.items()}
    return code_figure(caption, code, margins, below=_below(block, markdown))


def _below(block: Block, markdown: RenderMarkdown) -> SafeString:
    above, _, text = block.body.partition("\n\n")
    if not text.strip():
        return SafeString("")
    return format_html('<div class="ui">{}</div>', markdown(text, block.line + 1 + above.count("\n") + 2))


def _note(block: Block, mark: LaneMark) -> str:
    return FIGURE.sub(lambda found: block.figures.text(found[1]), mark.note)


def _marks(block: Block) -> list[LaneMark]:
    """The marks at the top of the body. Raises ContentError for a malformed line or an unknown lane."""
    marks = []
    for number, line in enumerate(block.body.partition("\n\n")[0].split("\n"), block.line + 1):
        cells = [cell.strip() for cell in line.split("|")]
        if not line.strip():
            continue
        if len(cells) != 3:
            raise ContentError(
                f"“{line}” marks no line.", "Write `lane | words in the code | note`; the note may be empty.", number
            )
        if cells[0] not in LANE_BY_SLUG:
            raise ContentError(f"Unknown lane {cells[0]}.", did_you_mean(cells[0], LANE_BY_SLUG), number)
        marks.append(LaneMark(number, *cells))
    return marks


def _placed(code: list[str], marks: list[LaneMark]) -> dict[int, LaneMark]:
    """Marks by index of their line. Raises ContentError for words that are not in the code below the mark before."""
    placed: dict[int, LaneMark] = {}
    start = 0
    for mark in marks:
        at = next((index for index in range(start, len(code)) if mark.words in code[index]), None)
        if at is None:
            hint = "Marks stand in the order of the lines. " + did_you_mean(
                mark.words, [line.strip() for line in code if line.strip()]
            )
            raise ContentError(f"No line of the code holds “{mark.words}” here.", hint, mark.line)
        placed[at], start = mark, at + 1
    return placed


def _code(block: Block) -> str:
    return read_code(block.path.parent, block.options["file"], block.options.get("part", ""))


def read_code(folder: Path, name: str, parts: str) -> str:
    """The named parts, several parted by commas, of a file of a lesson's folder; the whole file without any.

    Raises ContentError when file or part do not exist, lie outside, or are no program.
    """
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ContentError(f"{name} lies outside the folder of the lesson.", "Put the file under examples/.")
    if not path.is_file():
        known = (str(file.relative_to(folder)) for file in folder.glob("examples/**/*.py"))
        raise ContentError(f"There is no file {name}.", did_you_mean(name, known))
    names = [part.strip() for part in parts.split(",") if part.strip()]
    try:
        text = path.read_text(encoding="utf-8")
        nodes = ast.parse(text, name).body if names else []
    except (SyntaxError, ValueError, RecursionError) as error:
        raise ContentError(f"{name} is not a Python program: {error}.", "Run it, and repair what it says.") from None
    return "\n\n".join(_part(text.split("\n"), nodes, part) for part in names) if names else text.strip("\n")


def _part(lines: list[str], nodes: list[ast.stmt], name: str) -> str:
    """A function or class by name, with its decorators; the imports; or the assignments that `CELERY_*` matches."""
    if name == "imports":
        return _lines_of([node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)], lines)
    if found := [node for node in nodes if _assigns(node, name)]:
        return _lines_of(found, lines)
    parts = {
        node.name: node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }
    if name not in parts:
        raise ContentError(f"The file has no part {name}.", did_you_mean(name, [*parts, "imports"]))
    node = parts[name]
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    return "\n".join(lines[first - 1 : node.end_lineno])


def _assigns(node: ast.stmt, pattern: str) -> bool:
    target = node.targets[0] if isinstance(node, ast.Assign) else None
    return isinstance(target, ast.Name) and fnmatchcase(target.id, pattern)


def _lines_of(nodes: Iterable[ast.stmt], lines: list[str]) -> str:
    return "\n".join(line for node in nodes for line in lines[node.lineno - 1 : node.end_lineno])


BLOCKS = (BlockType("code", render, required=("file",), optional=("part", "mark", "title"), check=check),)
