"""The block `myth`: a mistake that many make, with the experiment that shows it.

    ::: myth claim="The queue makes INP faster" run="lab:who-freezes-the-page"
    Wrong because: the next frame is painted while the request is still on its way.
    Why it tempts: the answer does come sooner, and both are called “fast”.
    What is true: the text of the answer comes sooner. INP stays where it was.
    :::

`run` is an experiment: `lab:` and its slug, `claim:` and its id, the address of either, or a program of the lesson, as
`examples/count.py`.
"""

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString

from authoring.addresses import known_addresses
from authoring.blocks import Block, BlockType, RenderMarkdown
from authoring.problems import ContentError, Problem, did_you_mean
from lessons.blocks.code import read_code
from lessons.blocks.rows import rows_html, split_rows
from lessons.blocks.texts import inline

ROWS = ("Wrong because", "Why it tempts", "What is true")
FOLDERS = {"lab": "/labs/", "claim": "/claims/"}
PROGRAMS = "examples/"


def check(block: Block) -> Iterable[Problem]:
    """Whether the rows are there, and the experiment."""
    try:
        above, _ = split_rows(block, ROWS)
        if above.strip():
            raise ContentError(f"“{above.strip()}” stands above the first row.", f"Begin with “{ROWS[0]}:”.")
        if _is_program(block):
            read_code(block.path.parent, block.options["run"], "")
    except ContentError as error:
        yield Problem(block.path, block.line, error.message, error.hint)
    if not _is_program(block):
        yield from _address_problems(block)


def _is_program(block: Block) -> bool:
    return block.options["run"].startswith(PROGRAMS)


def _address_problems(block: Block) -> Iterable[Problem]:
    address, known = experiment(block.options["run"]), known_addresses()
    if not address.startswith(tuple(FOLDERS.values())):
        hint = 'Write run="lab:its-slug", run="claim:its-id" or run="examples/its-name.py".'
        yield Problem(block.path, block.line, f"“{block.options['run']}” is no experiment.", hint)
    elif known and address not in known:
        experiments = [address for address in known if address.startswith(tuple(FOLDERS.values()))]
        message = f"There is no experiment {block.options['run']}."
        yield Problem(block.path, block.line, message, did_you_mean(address, experiments))


def experiment(run: str) -> str:
    """The address of `lab:slug` or `claim:id`; anything else is taken for an address."""
    kind, colon, name = run.partition(":")
    return f"{FOLDERS[kind]}{name}/" if colon and kind in FOLDERS else run.partition("#")[0]


def render(block: Block, markdown: RenderMarkdown) -> SafeString:
    """The claim as the summary of what is so."""
    _, rows = split_rows(block, ROWS)
    claim = inline(markdown(f"“{block.options['claim']}”", block.line))
    return format_html(
        '<details class="myth claim"><summary><span class="pencil">{}</span> <small>Believed by many</small></summary>'
        '{}<p class="row">{}</p></details>',
        claim,
        rows_html(rows, markdown),
        _run_it(block, claim),
    )


def _run_it(block: Block, claim: SafeString) -> SafeString:
    if _is_program(block):
        return format_html("Run it yourself: <code>{}</code>", block.options["run"])
    link = '<a class="btn quiet" href="{}">Run it yourself<span class="vh">: {}</span></a>'
    return format_html(link, experiment(block.options["run"]), claim)


BLOCKS = (BlockType("myth", render, required=("claim", "run"), check=check),)
