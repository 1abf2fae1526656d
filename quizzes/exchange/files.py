"""Files from elsewhere: bounded before they are read, and text before anything looks into them."""

import re
from pathlib import Path

from quizzes.exchange.items import Refused

LARGEST_BYTES = 2_000_000
ZIP_START = b"PK\x03\x04"
# XML allows no others either (https://www.w3.org/TR/xml/#charsets).
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
TOO_LARGE = f"The file is larger than {LARGEST_BYTES // 1_000_000} MB."
SPLIT = "Split it into files of one quiz each, and leave pictures out."


def read_text(path: Path) -> str:
    """The text of a file. Raises Refused for one that is too large, or is no text; OSError as Path.open."""
    with path.open("rb") as file:
        return as_text(file.read(LARGEST_BYTES + 1))


def as_text(content: bytes) -> str:
    """The text of a file's bytes, line ends as `\\n`. Raises Refused."""
    if len(content) > LARGEST_BYTES:
        raise Refused(1, TOO_LARGE, SPLIT)
    if content.startswith(ZIP_START):
        raise Refused(1, "This is a zip archive.", "Unpack it, and give the one file in it that holds the questions.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Refused(line, "This line is not UTF-8.", "Save the file as UTF-8.") from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        message = f"The control character U+{ord(found[0]):04X} stands here."
        raise Refused(line, message, "Take it out: no quiz needs it.")
    return text
