"""What only shows when a text is laid beside the rest of the course: links, questions, words, code, minutes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.contrib.staticfiles import finders
from django.urls import Resolver404, resolve

from authoring.addresses import known_addresses
from authoring.glossary import MARK, Terms
from authoring.problems import Problem, did_you_mean
from authoring.scanner import OPTION
from authoring.source import FENCE, source_lines
from lessons.glossary import ADDRESS as GLOSSARY_ADDRESS
from lessons.lesson import Lesson, ModeText

OPENED = re.compile(r":{3,}\s*([a-z][a-z-]*)")
# The longest that a patient reader takes to do one of each, in minutes. Our own estimate; it is there to find a slip
# of the pen (50 for 5), not to tell 5 from 7.
LONGEST_MINUTES = {
    "guess": 2,
    "predict": 2,
    "card": 1,
    "checkpoint": 4,
    "lab": 15,
    "myth": 5,
    "output": 2,
    "step": 20,
    "stepper": 10,
    "trace": 5,
}
RUN_IT = "Run it in a file under examples/ and show that with the block code or output."


@dataclass(frozen=True)
class Site:
    """Where links of lessons may lead: lessons by slug, the words of the glossary, and every address of others."""

    lessons: Mapping[str, Lesson]
    terms: Terms
    addresses: frozenset[str]


def site_of(lessons: Mapping[str, Lesson], terms: Terms) -> Site:
    """The site as it stands now."""
    ours = {address_of(lesson, mode) for lesson in lessons.values() for mode in lesson.texts}
    ours |= {f"/lessons/{slug}/" for slug in lessons}
    return Site(lessons, terms, frozenset({*ours, GLOSSARY_ADDRESS, *known_addresses()}))


def address_of(lesson: Lesson, mode: str) -> str:
    """The address of one mode of a lesson."""
    return f"/lessons/{lesson.slug}/{mode}/"


def lint_lesson(lesson: Lesson, site: Site) -> Iterator[Problem]:
    """Whether quiz and labs that lesson.md names exist."""
    named = {
        "quiz": [f"/quizzes/{lesson.quiz}/"] if lesson.quiz else [],
        "labs": [f"/labs/{lab}/" for lab in lesson.labs],
    }
    for key, addresses in named.items():
        for address in addresses:
            if address not in site.addresses:
                folder, slug = f"/{address.split('/')[1]}/", address.split("/")[2]
                hint = did_you_mean(slug, _slugs(site, folder))
                yield Problem(lesson.path, lesson.lines.get(key, 1), f"There is no {key.rstrip('s')} {slug}.", hint)


def lint_mode(lesson: Lesson, text: ModeText, site: Site) -> Iterator[Problem]:
    """Everything about one text that needs the others, or its lines as they were written."""
    yield from _shown(text, site)
    yield from _links(lesson, text, site)
    yield from _asked_twice(text)
    yield from _walked_twice(text)
    yield from _typed_code(text)
    yield from _words_too_early(lesson, text)
    yield from _minutes(text)


def _shown(text: ModeText, site: Site) -> Iterator[Problem]:
    if text.shown and text.shown_address not in site.addresses:
        hint = f"Write quiz/question. {did_you_mean(text.shown, _questions(site))}"
        yield Problem(text.source.path, text.lines["shown"], f"There is no question {text.shown}.", hint)


def _questions(site: Site) -> list[str]:
    return [
        address[len("/quizzes/") : -1] for address in site.addresses if re.fullmatch(r"/quizzes/[^/]+/[^/]+/", address)
    ]


def _slugs(site: Site, folder: str) -> list[str]:
    return [
        address.split("/")[2] for address in site.addresses if address.startswith(folder) and address.count("/") == 3
    ]


def _links(lesson: Lesson, text: ModeText, site: Site) -> Iterator[Problem]:
    base = address_of(lesson, text.mode.slug)
    for link in text.rendered.links:
        parts = urlsplit(link.address)
        if parts.scheme or parts.netloc or not link.address:
            continue
        target = urlsplit(urljoin(base, link.address))
        if not _leads_somewhere(target.path, site):
            hint = did_you_mean(target.path, site.addresses)
            yield Problem(text.source.path, link.line, f"The link to {link.address} leads nowhere.", hint)
        elif (
            target.fragment and (anchors := _anchors(target.path, site)) is not None and target.fragment not in anchors
        ):
            message = f"There is no place #{target.fragment} on {target.path}"
            yield Problem(text.source.path, link.line, f"{message}.", did_you_mean(target.fragment, anchors))


def _leads_somewhere(path: str, site: Site) -> bool:
    if path in site.addresses:
        return True
    if path.startswith("/static/"):
        return finders.find(path.removeprefix("/static/")) is not None
    try:
        found = resolve(path)
    except Resolver404:
        return False
    if found.view_name in ("lessons:lesson", "lessons:mode"):
        return False  # a written one would be among the addresses
    # Below an address that is known, such as a lab, and without a word in it that might be misspelt, as /notebook/.
    return not found.kwargs or any(path.startswith(address) for address in site.addresses)


def _anchors(path: str, site: Site) -> frozenset[str] | None:
    """The places of a lesson page or the glossary; None for a page that is not ours to know."""
    if path == GLOSSARY_ADDRESS:
        return frozenset(term.slug for term in site.terms.by_name.values())
    if not path.startswith("/lessons/") or path.count("/") != 4:
        return None
    _, slug, mode = path.strip("/").split("/")
    return site.lessons[slug].texts[mode].rendered.anchors


def _asked_twice(text: ModeText) -> Iterator[Problem]:
    """Two questions with one id: a choice at one of them would be taken for a choice at the other."""
    seen: set[str] = set()
    for line, name, options in _opened(text):
        id = options.get("id", "") if name in ("guess", "predict") else ""
        if id and id in seen:
            yield Problem(
                text.source.path, line, f"The id {id} is taken by a question above.", "Give this one its own."
            )
        seen.add(id)


def _walked_twice(text: ModeText) -> Iterator[Problem]:
    """A recording in two steppers: its rows would have the same address twice."""
    seen: set[str] = set()
    for line, name, options in _opened(text):
        here = options.get("from", "").replace(",", " ").split() if name == "stepper" else []
        for recording in here:
            if recording in seen:
                hint = "Link to its rows there, or show some of them with the block trace."
                yield Problem(text.source.path, line, f"{recording} is in a stepper above.", hint)
        seen |= set(here)


def _opened(text: ModeText) -> Iterator[tuple[int, str, dict[str, str]]]:
    """Line, name and options of every block, at any depth."""
    for line in source_lines(text.source.text, text.source.first_line):
        found = None if line.is_code else OPENED.match(line.text)
        if found:
            yield line.number, found[1], dict(OPTION.findall(line.text))


def _typed_code(text: ModeText) -> Iterator[Problem]:
    """Python between fences is typed: no test runs it."""
    for line in source_lines(text.source.text, text.source.first_line):
        fence = FENCE.fullmatch(line.text)
        if fence and line.is_code and fence[2].strip().split(" ")[0] in {"python", "py", "pycon"}:
            yield Problem(text.source.path, line.number, "No test runs this code.", RUN_IT)


def _words_too_early(lesson: Lesson, text: ModeText) -> Iterator[Problem]:
    """Words of the glossary that stand here before the place that introduces them, here or in a later mode."""
    modes = list(lesson.texts.values())
    introduced = [_introduced(mode) for mode in modes]
    here = modes.index(text)
    earlier = {name for names in introduced[:here] for name in names}
    later = {name for names in introduced[here + 1 :] for name in names}
    for name in sorted((introduced[here].keys() | later) - earlier):
        used = _first_use(text, name)
        mark = introduced[here].get(name)
        if used and (mark is None or used < mark):
            where = f"introduced on line {mark[0]}" if mark else "introduced in a later mode"
            hint = f"Mark it here, at its first use: [[{name}]]."
            yield Problem(text.source.path, used[0], f"“{name}” is used before it is {where}.", hint)


Place = tuple[int, int]  # line and column


def _introduced(text: ModeText) -> dict[str, Place]:
    """Where each word is marked first, by its name in small letters."""
    places: dict[str, Place] = {}
    for line in source_lines(text.source.text, text.source.first_line):
        for found in MARK.finditer(line.prose):
            term = text.source.terms.find(found[2] or found[1])
            if term:
                places.setdefault(term.name.lower(), (line.number, found.start()))
    return places


def _first_use(text: ModeText, name: str) -> Place | None:
    """Where a word, or its plural, stands first, outside code, marks, signs of lanes and lines that open blocks."""
    word = re.compile(rf"(?<![\w\[:/-]){re.escape(name)}s?(?![\w\]:/-])", re.IGNORECASE)
    for line in source_lines(text.source.text, text.source.first_line):
        found = None if line.text.lstrip().startswith(":::") else word.search(line.prose)
        if found:
            return line.number, found.start()
    return None


def _minutes(text: ModeText) -> Iterator[Problem]:
    """Whether what there is to do can take that long."""
    if not text.doing_minutes:
        return
    most = sum(LONGEST_MINUTES.get(name, 0) for _, name, _ in _opened(text))
    if text.doing_minutes > most:
        what = f"What there is to do here takes at most {most} minutes, not {text.doing_minutes}."
        hint = "Give the minutes beyond reading, which is counted by itself, or leave the line out."
        yield Problem(text.source.path, text.lines["minutes"], what, hint)
