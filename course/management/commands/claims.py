"""`manage.py claims`: measure every claim of the course with real parts, and keep a dated record."""

import time
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from labs.bench.claims.claim import Claim
from labs.bench.claims.measuring import Found, measure
from labs.bench.claims.record import RECORDS, as_measured, write_record
from labs.bench.claims.registry import all_claims
from labs.bench.claims.report import Bar, in_words, row

if TYPE_CHECKING:
    from benchmarks.claims import Parts


class Command(BaseCommand):
    """Measure claims."""

    help = "Measure the claims of the course in one browser and one set of real parts, and write a dated record."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What is measured, and how often."""
        parser.add_argument("--only", action="append", metavar="ID", help="this claim only; may be given again")
        parser.add_argument("--quick", action="store_true", help="few measurements of each, as CI does")
        parser.add_argument(
            "--sabotage", action="store_true", help="spoil each claim: it must be reported as not holding"
        )
        parser.add_argument(
            "--times", type=int, default=1, metavar="N", help="N passes; every claim must pass them all"
        )
        parser.add_argument("--dry", action="store_true", help="write no record")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure, print every claim's figures, and fail when one is not as it must be."""
        claims, times, sabotage = chosen(options["only"]), options["times"], options["sabotage"]
        with parts() as real:
            for number in range(1, times + 1):
                if times > 1:
                    self.stdout.write(f"Pass {number} of {times}")
                found = self.measured(claims, real, quick=options["quick"], sabotage=sabotage)
                wrong = [one for one in found if one.verdict.holds is sabotage]
                if (wrong or number == times) and not sabotage and not options["dry"]:
                    self.keep(found, real)
                complain(wrong, len(found), sabotage=sabotage)

    def measured(self, claims: Sequence[Claim], real: "Parts", *, quick: bool, sabotage: bool) -> list[Found]:
        """Measure, and print a table: state, claim, both figures."""
        began = time.monotonic()
        asked = [claim.sabotaged() if sabotage else claim for claim in claims]
        with Bar(self.stderr) as bar:
            found = measure(asked, real.sample, progress=bar.step, quick=quick, expected=not sabotage)
        for one in found:
            self.stdout.write(row(one))
        self.stdout.write(f"{len(found)} claims in {time.monotonic() - began:.0f} s")
        return found

    def keep(self, found: Sequence[Found], real: "Parts") -> None:
        """Write the record of this session."""
        session = real.session()
        measured = {one.claim.id: as_measured(one.claim, one.verdict.holds, one.verdict.arms, session) for one in found}
        path = write_record(RECORDS, session.measured_at.replace("T", "-").replace(":", ""), measured)
        self.stdout.write(f"wrote {path}")


def chosen(only: Sequence[str] | None) -> list[Claim]:
    """The claims of these ids, or all. Raises CommandError for an id that there is not."""
    known = all_claims()
    for claim_id in only or ():
        if claim_id not in known:
            raise CommandError(f"There is no claim {claim_id}. Known: {', '.join(known)}.")
    return [claim for claim in known.values() if not only or claim.id in only]


def parts() -> Any:
    """Real parts to measure with, as a context. Raises CommandError when this is no clone with its tools."""
    try:
        from benchmarks.claims import real_parts
    except ImportError as error:
        raise CommandError(
            f"Measuring claims needs the tools of a developer's clone; {error.name} is not here.\n"
            "In a clone: pip install -r requirements-dev.txt (./test does it), and a Chromium."
        ) from None
    return real_parts()


def complain(wrong: Sequence[Found], measured: int, *, sabotage: bool) -> None:
    """Raise CommandError, with figures, when a claim does not hold, or holds though it was sabotaged."""
    if wrong:
        what = "hold though they were sabotaged" if sabotage else "do not hold, not even with three times as many runs"
        raise CommandError(f"{len(wrong)} of {measured} claims {what}:\n" + "\n".join(map(in_words, wrong)))
