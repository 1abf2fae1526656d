"""The work of this lab: real computing of a known length. A plain function; three doors lead to it."""

import time
from hashlib import sha256

CALIBRATION_ROUNDS = 4_000  # about 2 to 4 ms on machines of 2020 to 2026
CALIBRATIONS = 15


def compute(rounds: int) -> None:
    """Hash the last hash again, so many times. Nothing is waited for: this keeps one processor core busy."""
    block = b""
    for _ in range(rounds):
        block = sha256(block).digest()


def rounds_per_ms() -> float:
    """How many rounds this machine computes in one undisturbed millisecond: the quickest of fifteen tries."""
    return max(_one_calibration() for _ in range(CALIBRATIONS))


def _one_calibration() -> float:
    started = time.perf_counter()
    compute(CALIBRATION_ROUNDS)
    return CALIBRATION_ROUNDS / (1000 * (time.perf_counter() - started))
