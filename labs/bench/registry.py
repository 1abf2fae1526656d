"""All labs: every folder beside the bench that holds a lab.py. A new lab is a new folder and nothing else."""

from functools import cache
from importlib import import_module
from pathlib import Path

from labs.bench.lab import Lab

LABS_DIR = Path(__file__).resolve().parent.parent


def lab_packages() -> list[str]:
    """The import names of all lab folders, for Celery's autodiscovery too."""
    return [f"labs.{path.parent.name}" for path in sorted(LABS_DIR.glob("*/lab.py")) if path.parent.name != "bench"]


@cache
def all_labs() -> dict[str, Lab]:
    """Every lab by its slug."""
    labs = (import_module(f"{package}.lab").LAB for package in lab_packages())
    return {lab.slug: lab for lab in labs}


def lab_addresses() -> list[str]:
    """The address of every lab."""
    return [f"/labs/{slug}/" for slug in all_labs()]
