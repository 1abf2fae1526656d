"""`.env.example` names every variable that the course or its containers read, with its default, and no other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READERS = {"env_text", "env_int"}
# The lines of .env.example: a secret that must be filled in, or a default that is commented out.
LINE = re.compile(r"^(# )?([A-Z][A-Z_]+)=(.*)$", re.MULTILINE)
INTERPOLATION = re.compile(r"\$\{([A-Z_]+)(?::-([^${}]*)\})?")


def explained() -> list[tuple[str, str]]:
    """Every variable in .env.example with the value it shows."""
    return [(name, value) for _, name, value in LINE.findall((ROOT / ".env.example").read_text())]


def read_by_the_course() -> Iterator[tuple[str, str]]:
    """Every variable that course/ reads, with its default; "" for a default that is worked out."""
    for path in sorted((ROOT / "course").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Call(ast.Name("env_flag"), [ast.Constant(str(name))]):
                    yield name, "0"
                case ast.Call(ast.Name(reader), [ast.Constant(str(name)), ast.Constant(value), *_]) if (
                    reader in READERS
                ):
                    yield name, str(value)
                case ast.Call(ast.Name(reader), [ast.Constant(str(name)), *_]) if reader in READERS:
                    yield name, ""


def read_by_compose() -> Iterator[tuple[str, str]]:
    """Every variable that docker-compose.yml asks for, with its default; "" for one that must be given."""
    yield from INTERPOLATION.findall((ROOT / "docker-compose.yml").read_text())


def test_it_explains_exactly_the_variables_that_are_read() -> None:
    read = {name for name, _ in (*read_by_the_course(), *read_by_compose())}
    assert {name for name, _ in explained()} == read


def test_it_explains_each_once() -> None:
    names = [name for name, _ in explained()]
    assert sorted(names) == sorted(set(names))


def test_its_defaults_are_the_real_ones() -> None:
    shown = dict(explained())
    for name, default in (*read_by_the_course(), *read_by_compose()):
        if default:
            assert shown[name] == default, name


def test_it_holds_no_secret() -> None:
    values = dict(explained())
    assert values["SECRET_KEY"] == values["POSTGRES_PASSWORD"] == ""
