"""Code with its keywords and comments marked, in ink: hue is kept for the lanes."""

from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from pygments.formatter import Formatter
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, _TokenType

MARKED = {Keyword: "kw", Comment: "cm"}


class InkFormatter(Formatter[str]):
    """A Pygments formatter with two classes, `kw` and `cm`. No mark spans a line break."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)

    def format(self, tokensource: Any, outfile: Any) -> None:
        """Write a whole `pre`, which a keyboard can reach to scroll it."""
        lines = "".join(_marked(kind, text) for kind, text in tokensource)
        outfile.write(f'<pre tabindex="0"><code>{lines}</code></pre>')


def highlighted_lines(code: str, language: str = "python") -> list[SafeString]:
    """Each line of `code` as HTML. Raises pygments.util.ClassNotFound for an unknown language."""
    tokens = get_lexer_by_name(language, stripnl=False).get_tokens(code)
    html = "".join(_marked(kind, text) for kind, text in tokens)
    return [SafeString(line) for line in html.removesuffix("\n").split("\n")]


def _marked(kind: _TokenType, text: str) -> str:
    name = next((name for marked, name in MARKED.items() if marked in kind.split()), "")
    if not name:
        return escape(text)
    return "\n".join(f'<span class="{name}">{escape(line)}</span>' if line else "" for line in text.split("\n"))
