"""How far a figure from a sample can be trusted: intervals, at 95 % confidence if nothing else is asked for."""

import math

Z = 1.96
"""Of a normal distribution 95 % lies within this many standard deviations."""

Interval = tuple[float, float]


def of_share(k: float, n: float) -> Interval:
    """Where the true share lies when `k` of `n` were seen. Wilson 1927: holds for small n, and near 0 and 1."""
    if n <= 0:
        return 0.0, 1.0
    centre = (k + Z * Z / 2) / (n + Z * Z)
    reach = Z * math.sqrt(k * (n - k) / n + Z * Z / 4) / (n + Z * Z)
    return max(0.0, centre - reach), min(1.0, centre + reach)


def of_correlation(r: float, n: float, z: float = Z) -> Interval:
    """Where the true correlation lies when `r` was seen in `n` pairs. Fisher 1921; from 3 pairs or fewer: anywhere.

    `z` is how many standard deviations it reaches: 1.96 for 95 % confidence.
    """
    if n <= 3:
        return -1.0, 1.0
    centre, reach = math.atanh(max(-0.999999, min(0.999999, r))), z / math.sqrt(n - 3)
    return math.tanh(centre - reach), math.tanh(centre + reach)
