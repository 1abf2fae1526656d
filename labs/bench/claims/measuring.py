"""Measuring claims: each source once for all claims that share it, all sources in turns, then the verdicts.

How a source is done is told by a `Sampler`; benchmarks/claims.py has one for real parts and a real browser.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from labs.bench.claims.claim import Claim, Samples, Verdict
from labs.bench.claims.sources import Rows, Source

Sample = Mapping[str, float | None]  # one measurement of a source: its figures by name
Sampler = Callable[[Source], Sample]
Progress = Callable[[int, int, Source], None]  # how many are done, of how many, and which comes now

AGAIN_TIMES = 3  # a claim that does not hold is measured once more with this many times n
QUICK_N = 4


@dataclass(frozen=True)
class Found:
    """A claim, what was found, and whether it had to be measured a second time."""

    claim: Claim
    verdict: Verdict
    was_repeated: bool


def measure(
    claims: Collection[Claim], sampler: Sampler, *, progress: Progress, quick: bool = False, expected: bool = True
) -> list[Found]:
    """Measure all claims, and those whose verdict is not the expected one once more with three times n.

    `expected` is False for sabotaged claims: they must not hold.
    """
    first = verdicts(claims, sampler, progress, {claim.id: n_of(claim, quick) for claim in claims})
    wrong = [claim for claim in claims if first[claim.id].holds is not expected]
    second = verdicts(wrong, sampler, progress, {claim.id: AGAIN_TIMES * n_of(claim, quick) for claim in wrong})
    return [Found(claim, second.get(claim.id, first[claim.id]), claim.id in second) for claim in claims]


def n_of(claim: Claim, quick: bool) -> int:
    """How often each arm of the claim is measured. Rows of an experiment are there all at once: quick spares none."""
    is_cheap = all(isinstance(arm.source, Rows) for arm in claim.arms)
    return min(claim.n, QUICK_N) if quick and not is_cheap else claim.n


def verdicts(
    claims: Collection[Claim], sampler: Sampler, progress: Progress, n: Mapping[str, int]
) -> dict[str, Verdict]:
    """The verdict on each claim, by id, from `n` (by id) measurements of each of its arms."""
    wanted: dict[Source, int] = defaultdict(int)
    for claim in claims:
        for arm in claim.arms:
            wanted[arm.source] = max(wanted[arm.source], n[claim.id])
    samples = collect(wanted, sampler, progress)
    return {claim.id: claim.judge(samples_of(claim, samples)) for claim in claims}


def collect(wanted: Mapping[Source, int], sampler: Sampler, progress: Progress) -> dict[Source, list[Sample]]:
    """As many samples of each source as wanted: in rounds, each with all sources in an order of its own."""
    found: dict[Source, list[Sample]] = defaultdict(list)
    total = sum(wanted.values())
    for number, source in enumerate(_in_turns(wanted)):
        progress(number, total, source)
        found[source].append(sampler(source))
    return found


def samples_of(claim: Claim, samples: Mapping[Source, Sequence[Sample]]) -> Samples:
    """The claim's own figures out of all samples, by arm."""
    return {arm.slug: [sample.get(arm.figure) for sample in samples[arm.source]] for arm in claim.arms}


def _in_turns(wanted: Mapping[Source, int]) -> Iterator[Source]:
    for round_number in range(max(wanted.values(), default=0)):
        due = [source for source, n in wanted.items() if n > round_number]
        yield from random.sample(due, len(due))
