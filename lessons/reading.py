"""Reading an author's file: what is no text, too large, or elsewhere is refused, and told."""

import os
from collections.abc import Iterator
from pathlib import Path

from authoring.front_matter import FrontMatter, read_front_matter
from authoring.problems import Problem

LARGEST_BYTES = 200_000  # ten times the longest mode we have


class Refused(Exception):
    """A file that is not read. `problem` tells why, and the remedy."""

    def __init__(self, path: Path, message: str, hint: str) -> None:
        super().__init__(message)
        self.problem = Problem(path, 1, message, hint)


def read_text(path: Path) -> str:
    """The text of a file, without a byte order mark and with plain line ends. Raises Refused."""
    if not path.resolve().is_relative_to(path.parent.resolve()):
        raise Refused(path, "The file is a link to somewhere else.", "Put the text itself here.")
    try:
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            message = f"The file has {size:,} bytes, and at most {LARGEST_BYTES:,} are read."
            raise Refused(path, message, "Divide the text, or take out what is no text.")
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(path, f"The file cannot be read: {error}.", "Save it as UTF-8 text.") from None
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\N{REPLACEMENT CHARACTER}")


def read_with_front_matter(path: Path, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> FrontMatter:
    """A file with keys at its top. Raises nothing: what is wrong, even that it cannot be read, is in `problems`."""
    try:
        return read_front_matter(read_text(path), path, required, optional)
    except Refused as refused:
        return FrontMatter(dict.fromkeys((*required, *optional), ""), {}, "", 1, (refused.problem,))


def state_of(folder: Path) -> str:
    """Differs after each change of a file in a folder, at any depth."""
    return ";".join(f"{file.path}:{file.stat().st_size}:{file.stat().st_mtime_ns}" for file in _files(folder))


def surroundings_of(folder: Path) -> str:
    """The same for what a lesson's texts read: programs, their output, figures, recordings; not the texts."""
    files = (file for file in _files(folder) if not file.name.endswith(".md"))
    return ";".join(f"{file.path}:{file.stat().st_size}:{file.stat().st_mtime_ns}" for file in files)


def _files(folder: Path | str) -> Iterator[os.DirEntry[str]]:
    # Asked before each page while an author works, so it takes the quick way: pathlib's own takes five times as long.
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.is_file():
            yield entry
        elif entry.is_dir(follow_symlinks=False) and entry.name != "__pycache__":
            yield from _files(entry.path)
