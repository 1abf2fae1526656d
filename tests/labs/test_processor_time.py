"""What a message costs in processor time: read from outside, summed over its parts, and told beside the wait."""

import subprocess
import sys
from typing import Any

import pytest

from apparatus.probe import wait_until
from labs.when_the_queue_loses.analysis import analyse
from labs.when_the_queue_loses.findings import findings
from labs.when_the_queue_loses.processor_time import used_ms
from tests.labs.test_queue_loses_figures import made_up_rows

BURN = "import time\nwhile time.process_time() < 0.2: pass\nprint('burnt', flush=True)\ninput()"


def with_processor_time(rows: list[dict[str, Any]], message_ms: float) -> list[dict[str, Any]]:
    """Rows of a machine on which a request costs 0.4 ms, publishing 1.2 ms and the rest of a message what it should."""
    made = []
    for row in rows:
        if row["arm"] == "inside":
            used = {"cpu_web_ms": 0.4 + row["size_ms"], "cpu_worker_ms": 0.0, "cpu_redis_ms": 0.0}
        elif row["arm"] == "queued":
            worker_ms = row["size_ms"] + message_ms - 1.2 - 0.3
            used = {"cpu_web_ms": 0.4 + 1.2, "cpu_worker_ms": worker_ms, "cpu_redis_ms": 0.3}
        else:
            used = {}
        made.append(row | used | ({"cpu_ms": sum(used.values())} if used else {}))
    return made


def words_on(rows: list[dict[str, Any]]) -> str:
    return " ".join(findings({"rows": rows, "setting": {}}, {}).sentences)


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux tells one process the exact time of another.")
def test_the_time_that_another_process_computes_is_read_and_waiting_is_none():
    with subprocess.Popen(
        [sys.executable, "-c", BURN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "burnt\n"
        used = used_ms({"other": other.pid})
        assert used
        assert 200 <= used["other"] < 400
        wait_until(lambda: still(other.pid), what="a process that waits", timeout_s=5)
        other.kill()
    with pytest.raises(ProcessLookupError):
        used_ms({"other": other.pid})


def still(pid: int) -> bool:
    before, after = used_ms({"it": pid}), used_ms({"it": pid})
    return before == after


def test_the_price_of_a_message_is_told_beside_the_wait_and_follows_it():
    assert "one message costs 4.6 ms" in words_on(with_processor_time(made_up_rows(), message_ms=4.6))
    assert "below 9.2 ms of work, the machine computes more" in words_on(with_processor_time(made_up_rows(), 9.2))


def test_the_web_process_alone_breaks_even_where_publishing_costs_it_what_the_work_would():
    found = analyse(with_processor_time(made_up_rows(), 4.6)).processor
    assert found
    assert found.web.at_ms == pytest.approx(1.2, abs=0.05)


def test_the_table_says_who_used_it():
    result = {"rows": with_processor_time(made_up_rows(), 4.6), "setting": {}}
    table = next(one for one in findings(result, {}).tables if one.caption.startswith("Who used it"))
    assert table.rows[0] == ("web", "0.60", "1.60")
    assert table.rows[2] == ("Redis", "0.00", "0.30")


def test_a_system_that_does_not_tell_is_named():
    assert "This system does not tell how much processor time" in words_on(made_up_rows())
