"""How `manage.py claims` hands out the rows of experiments: each once to a source, in order, as many as are wanted."""

from typing import cast

from playwright.sync_api import Browser

from benchmarks.claims import Parts, experiments_of
from labs.bench.claims.registry import all_claims
from labs.bench.claims.sources import Rows
from tests.live import LiveCourse


class Counted(Parts):
    """Parts whose experiments yield two rows of each arm, numbered on."""

    made = 0

    def _experiment(self, source: Rows) -> list[dict[str, object]]:
        self.made += 2
        return [{"arm": arm, "took_ms": number} for number in (self.made - 1, self.made) for arm in ("first", "warm")]


def test_a_source_gets_each_row_once_and_another_experiment_when_there_is_none_left() -> None:
    parts = Counted(cast(LiveCourse, None), cast(Browser, None))
    first, warm = (arm.source for arm in all_claims()["first-publish"].arms)
    assert [parts.sample(first)["took_ms"] for _ in range(3)] == [1, 2, 3]
    assert [parts.sample(warm)["took_ms"] for _ in range(4)] == [1, 2, 3, 4]
    assert parts.made == 4, "both sources share their experiments"


def test_every_experiment_is_that_of_some_claim() -> None:
    asked = set().union(*map(experiments_of, all_claims().values()))
    assert asked == {"pool", "publishing", "when-the-queue-loses"}
