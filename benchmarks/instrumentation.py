"""Does our header on a message make publishing dearer? Processor time of `apply_async` with and without it, in turns.

    python -m benchmarks.instrumentation [--rounds 7] [--calls 400]

In a process of its own beside a running course. Prints a table; exit code 1 over budget.
"""

import argparse
import statistics
import sys
from collections.abc import Sequence

from benchmarks.measuring import child, live_course, load_average, say, summary, table

BUDGET = 1.02


def main(arguments: Sequence[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.instrumentation", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--calls", type=int, default=400, help="of each kind in each round")
    options = parser.parse_args(arguments)
    say(f"load average {load_average()}")
    with live_course() as course:
        calls = (str(options.rounds), str(options.calls))
        found = child("benchmarks.publishing", *calls, environment=course.startup.environment)
    rows = [(name.removesuffix("_us"), *summary(values).values()) for name, values in found.items()]
    say("\n" + table(("header", "median, us", "lowest", "highest", "rounds"), rows))
    ratios = [stamped / bare for stamped, bare in zip(found["with_us"], found["without_us"], strict=True)]
    ratio = statistics.median(ratios)
    say(f"\nRatio {ratio:.3f}, median over the rounds ({min(ratios):.3f} to {max(ratios):.3f}). Budget {BUDGET:g}.")
    return int(ratio > BUDGET)


if __name__ == "__main__":
    sys.exit(main())
