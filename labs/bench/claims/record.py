"""Dated records of measured claims: one JSON file for each session of `manage.py claims`, kept in the repository.

    {"measured_at": "2026-11-22T16:30", "machine": "2 cores, Debian 12", "versions": {"Redis": "7.0.15"},
     "claims": {"answer-sooner": {"holds": true, "arms": {"inside": {"median": 330, "low": 320, "high": 350, "n": 8}},
                                  "depends_on": {"claim": "3f2a...", "labs/email_in_request/work.py": "9c01..."}}}}

The newest record that holds a claim is its last measurement.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from labs.bench.claims.claim import Claim, Spread

ROOT = Path(__file__).resolve().parents[3]
RECORDS = Path(__file__).parent / "records"
THE_CLAIM = "claim"  # the entry of `depends_on` for sentence, rule and arms
HASH_LENGTH = 16


@dataclass(frozen=True)
class Measured:
    """The last measurement of one claim: when (UTC, to the minute), where, with what, and what was found."""

    measured_at: str
    machine: str
    versions: Mapping[str, str]
    holds: bool
    arms: Mapping[str, Spread]
    depends_on: Mapping[str, str]


def depends_on(claim: Claim) -> dict[str, str]:
    """A hash of the claim itself, and of every file that it depends on and that is here."""
    hashes = {THE_CLAIM: _short_hash(repr((claim.sentence, claim.must, claim.arms)).encode())}
    for name in claim.files:
        if (ROOT / name).is_file():
            hashes[name] = _short_hash((ROOT / name).read_bytes())
    return hashes


def changed_since(measured: Measured, claim: Claim) -> list[str]:
    """What the claim depends on and has changed since; benchmarks that are not installed cannot have."""
    now = depends_on(claim)
    names = sorted(now.keys() | measured.depends_on.keys())
    return [name for name in names if now.get(name) != measured.depends_on.get(name) and _is_known(name)]


def write_record(folder: Path, name: str, session: Mapping[str, Measured]) -> Path:
    """Write one session's claims, by id, to `<folder>/<name>.json`. All of them share when, machine and versions."""
    first = next(iter(session.values()))
    data = {
        "measured_at": first.measured_at,
        "machine": first.machine,
        "versions": dict(first.versions),
        "claims": {
            claim_id: {
                "holds": one.holds,
                "arms": {slug: asdict(spread) for slug, spread in one.arms.items()},
                "depends_on": dict(one.depends_on),
            }
            for claim_id, one in sorted(session.items())
        },
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def read_record(path: Path) -> dict[str, Measured]:
    """One session's claims, by id."""
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return {
        claim_id: Measured(
            data["measured_at"],
            data["machine"],
            data["versions"],
            one["holds"],
            {slug: Spread(**spread) for slug, spread in one["arms"].items()},
            one["depends_on"],
        )
        for claim_id, one in data["claims"].items()
    }


@cache
def last_measurements(folder: Path = RECORDS) -> dict[str, Measured]:
    """The last measurement of each claim that was ever measured, by id. Read once in the life of a process."""
    found: dict[str, Measured] = {}
    records = [read_record(path) for path in folder.glob("*.json")]
    for record in sorted(records, key=lambda one: next(iter(one.values())).measured_at if one else ""):
        found |= record
    return found


def as_measured(claim: Claim, holds: bool, arms: Mapping[str, Spread], session: "Measured") -> Measured:
    """What a session found about one claim; `session` gives when, machine and versions."""
    rounded = {slug: _rounded(spread) for slug, spread in arms.items()}
    return replace(session, holds=holds, arms=rounded, depends_on=depends_on(claim))


def _rounded(spread: Spread) -> Spread:
    median, low, high = (
        None if value is None else round(value, 2) for value in (spread.median, spread.low, spread.high)
    )
    return Spread(median, low, high, spread.n)


def _is_known(name: str) -> bool:
    return name == THE_CLAIM or (ROOT / name.partition("/")[0]).is_dir()


def _short_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:HASH_LENGTH]
