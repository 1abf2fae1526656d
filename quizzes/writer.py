"""A quiz as its author would have written it: what is written here is read back as the same quiz."""

from collections.abc import Iterator

from quizzes.quiz import LAST_PLACE, Group, Question, Quiz


def write_quiz(quiz: Quiz) -> str:
    """The text of a quiz file."""
    return "\n".join([*_front_matter(quiz), *_body(quiz)]).rstrip("\n") + "\n"


def _front_matter(quiz: Quiz) -> Iterator[str]:
    yield "---"
    yield f"title: {quiz.title}"
    yield f"lesson: {quiz.lesson}"
    if quiz.lab:
        yield f"lab: {quiz.lab}"
    if quiz.modes != ("check",):
        yield f"modes: {', '.join(quiz.modes)}"
    if quiz.place != LAST_PLACE:
        yield f"place: {quiz.place}"
    if quiz.test_length not in (0, len(quiz.questions)):
        yield f"test: {quiz.test_length}"
    if quiz.badge:
        yield f"badge: {quiz.badge}"
    yield "---"


def _body(quiz: Quiz) -> Iterator[str]:
    if quiz.intro:
        yield from ("", quiz.intro)
    group: Group | None = None
    for question in quiz.questions:
        if question.group != group:
            if group:
                yield from ("", "# end")
            if question.group:
                yield from ("", f"# group: {question.group.id}", "", question.group.text)
            group = question.group
        yield from write_question(question)
    if group:
        yield from ("", "# end")


def write_question(question: Question) -> Iterator[str]:
    """The lines of one question."""
    yield from ("", f"## {question.id}", f"type: {question.type}")
    yield from (f"topic: {question.topic}", f"level: {question.level}")
    for name in ("hint", "read"):
        if value := getattr(question, name):
            yield f"{name}: {value}"
    if not question.shuffle:
        yield "shuffle: no"
    if question.own_tries:
        yield f"tries: {question.own_tries}"
    for name, value in question.fields.items():
        yield f"{name}: {value}"
    if question.template:
        yield from _table(question)
        yield from ("", question.template)
    else:
        yield from ("", question.prompt, "", *question.body.written(), *_solution(question.variants[0].solution))


def _table(question: Question) -> Iterator[str]:
    names = list(question.variants[0].values)
    yield "variants:"
    yield f"| {' | '.join(names)} |"
    for variant in question.variants:
        yield f"| {' | '.join(variant.values[name] for name in names)} |"


def _solution(text: str) -> Iterator[str]:
    if text:
        yield ""
        yield from (f"> {line}".rstrip() for line in text.split("\n"))
