"""Words that a course explains where it introduces them.

`[[worker]]` is a word of the glossary, and so is its plural; `[[takes it back|acknowledgement]]` shows other words for
one. What begins with a capital or a digit and is not in the glossary is a label on a screen: `[[Network]]`, `[[F12]]`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.html import format_html
from django.utils.safestring import SafeString

MARK = re.compile(r"\[\[([^\]|]+)(?:\|([^\]|]+))?\]\]")


@dataclass(frozen=True)
class Term:
    """A word with its meaning, as HTML of one paragraph and as plain text. `slug` is its place on the glossary page."""

    name: str
    slug: str
    meaning: SafeString
    plain: str


@dataclass(frozen=True)
class Terms:
    """The words that may be marked in a text, by name in small letters, and the address of the page that lists them."""

    by_name: Mapping[str, Term]
    address: str

    def find(self, word: str) -> Term | None:
        """The term of a word or of its plural, whatever its capitals."""
        name = word.strip().lower()
        return self.by_name.get(name) or self.by_name.get(name.removesuffix("s"))

    def marked(self, text: str) -> Iterable[tuple[str, Term | None]]:
        """Every word that is marked as one of the glossary, with its term, None where it has none."""
        for shown, name in MARK.findall(text):
            word = name or shown
            term = self.find(word)
            if term or name or word[:1].islower():
                yield word, term


@dataclass
class Explaining:
    """What one page has explained so far: the meaning stands at the first use, later uses open the same one."""

    terms: Terms
    explained: set[str] = field(default_factory=set)

    def html(self, shown: str, term: Term) -> SafeString:
        """The word as a button that opens its meaning: a tap, Enter or the pointer resting on it, without a script."""
        button = format_html(
            '<button type="button" class="term" popovertarget="term-{}" title="{}">{}</button>',
            term.slug,
            term.plain,
            shown,
        )
        if term.slug in self.explained:
            return button
        self.explained.add(term.slug)
        return button + format_html(
            '<span class="meaning" popover id="term-{0}">{1} <a href="{2}#{0}">All words</a></span>',
            term.slug,
            term.meaning,
            self.terms.address,
        )
