"""How rarely chance gives a figure as bad as the one that was seen, and what is rare enough to name a question."""

import math
from collections import Counter
from collections.abc import Mapping

RARE = 0.0005
"""The level of every rule, for one question. A hundred questions that all stood just at a rule's threshold would give a
false alarm of that rule in one class of twenty (Bonferroni: 100 times 0.0005); sound questions stand far from it."""

Z_RARE = 3.29
"""Of a normal distribution 0.0005 lies above this many standard deviations; 99.9 % lies within them on both sides."""

NEGLIGIBLE = 1e-9


def of_at_least(k: int, n: int, share: float) -> float:
    """The probability of `k` or more of `n` when the true share is `share` (exact binomial; 0 < share < 1).

    Where `k` is no more than expected it is not rare, and the answer is 1 without a sum: `n` may be a million.
    """
    if k <= n * share:
        return 1.0
    ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    term = math.exp(ways + k * math.log(share) + (n - k) * math.log1p(-share))
    total = 0.0
    while term > total * NEGLIGIBLE:
        total += term
        term *= (n - k) / (k + 1) * share / (1 - share)
        k += 1
    return min(1.0, total)


def of_at_most(k: int, n: int, share: float) -> float:
    """The probability of `k` or fewer of `n` when the true share is `share`; 1 where `k` is no less than expected."""
    return of_at_least(n - k, n, 1 - share)


def of_none(shares: int, n: int) -> float:
    """The probability that one of so many equal shares gets none of `n`; at most, for it is the sum over all shares."""
    return min(1.0, shares * (1 - 1 / shares) ** n)


def of_sum_at_most(total: int, chosen: int, members: Mapping[int, int]) -> float:
    """The probability that `chosen` members, drawn blindly, have values that add up to `total` or less.

    `members` says how many there are of each value (0 or more). Exact: Pitman's permutation test (1937), by counting
    the ways value by value. For a hundred members some ten thousand sums, for many more too many.
    """
    ways = {(0, 0): 1}
    for value, size in members.items():
        grown: Counter[tuple[int, int]] = Counter()
        for (taken, sum_), number in ways.items():
            for more in range(min(size, chosen - taken) + 1):
                if sum_ + more * value <= total:
                    grown[taken + more, sum_ + more * value] += number * math.comb(size, more)
        ways = dict(grown)
    found = sum(number for (taken, _), number in ways.items() if taken == chosen)
    return found / math.comb(sum(members.values()), chosen)
