"""All claims: every `claims.py` in a lab's folder, found like its lab.py."""

from functools import cache
from importlib import import_module

from labs.bench.claims.claim import Claim
from labs.bench.registry import LABS_DIR


def claim_modules() -> list[str]:
    """The import names of all modules that hold CLAIMS."""
    return [f"labs.{path.parent.name}.claims" for path in sorted(LABS_DIR.glob("*/claims.py"))]


@cache
def all_claims() -> dict[str, Claim]:
    """Every claim by its id, in the order of the files. Raises ValueError when two have the same id."""
    found: dict[str, Claim] = {}
    for module in claim_modules():
        for claim in import_module(module).CLAIMS:
            if claim.id in found:
                raise ValueError(f"{module}: the claim {claim.id} is in another lab too. Give one another id.")
            found[claim.id] = claim
    return found
