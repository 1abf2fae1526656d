"""An author's Markdown as HTML: whole paragraphs, or one piece of text that stands inside a label."""

from functools import lru_cache

from django.utils.safestring import SafeString

from authoring.markdown import to_html

# Quiz text is small and asked for again and again; an edited text is another key.
_to_html = lru_cache(maxsize=4096)(to_html)


def block(text: str) -> SafeString:
    """Paragraphs, code and tables."""
    return _to_html(text)


def inline(text: str) -> SafeString:
    """The same without the paragraph around it, when there is only one."""
    html = _to_html(text)
    single = html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1
    return SafeString(html[3:-4]) if single else html
