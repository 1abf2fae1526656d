"""The third arm's worker: a loop around BRPOP, with nothing of Celery. What it costs, every queue on Redis costs."""

import json
from typing import Never

from labs.when_the_queue_loses import work
from labs.when_the_queue_loses.broker import DONE_LIST, FLOOR_LIST, clock, own_redis


def main() -> Never:
    """Take messages and do their work until killed."""
    redis = own_redis()
    while True:
        if message := redis.brpop([FLOOR_LIST], timeout=1):
            started = clock()
            run_id, rounds = json.loads(message[1])
            work.compute(rounds)  # lane: worker
            finished = clock()
            redis.lpush(DONE_LIST, json.dumps([run_id, started, finished]))


if __name__ == "__main__":
    main()
