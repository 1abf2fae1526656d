"""When the queue loses, as a learner asks for its experiment."""

import re
from typing import cast

from labs.bench.experiments.lab import ExperimentLab
from labs.bench.registry import all_labs
from tests.visitor import Visitor

LAB = cast(ExperimentLab, all_labs()["when-the-queue-loses"])
PAGE = f"/labs/{LAB.slug}/"


def asked(learner: Visitor, runs: int) -> str:
    """Where an experiment that this learner has just asked for tells how far it is."""
    learner.post(f"{PAGE}predict/", {"skip": "1"})
    page = learner.post(f"{PAGE}runs/", {"runs": runs}, script=False).text
    address = re.search(r'data-watch="([^"]+)"', page)
    assert address, page
    return address[1]
