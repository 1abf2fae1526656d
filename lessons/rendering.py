"""Texts as HTML, made when somebody first asks for one, and again only when something it is made from has changed."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from authoring.glossary import Terms
from authoring.measured import Figures
from authoring.page import Rendered, render_page


@dataclass(frozen=True)
class Source:
    """Everything that one text is made from. `surroundings` stands for the files and neighbours that blocks read."""

    path: Path
    text: str
    first_line: int
    figures: Figures
    terms: Terms
    surroundings: str

    @property
    def digest(self) -> str:
        """Differs after each change."""
        parts = (self.text, self.first_line, self.surroundings, sorted(self.terms.by_name.items()))
        return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


_latest: dict[Path, tuple[str, Rendered]] = {}


def rendered(source: Source) -> Rendered:
    """The text as HTML, from the last time when nothing has changed since. Raises nothing: see `problems`."""
    digest = source.digest
    kept = _latest.get(source.path)
    if kept and kept[0] == digest:
        return kept[1]
    made = render_page(source.text, source.path, source.first_line, source.figures, source.terms)
    _latest[source.path] = (digest, made)
    return made
