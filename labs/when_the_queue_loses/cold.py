"""A fresh web process publishes for the first time, and a few times more. Prints the times in ms as one JSON list."""

import json

from labs.when_the_queue_loses import site, tasks
from labs.when_the_queue_loses.broker import clock

PUBLISHES = 21  # the first is cold, the others are warm
NOBODYS_QUEUE = "cold"  # no worker listens to it


def publish_ms() -> float:
    """One publish, timed."""
    started = clock()
    tasks.compute.apply_async(("cold", 0), queue=NOBODYS_QUEUE)
    return 1000 * (clock() - started)


if __name__ == "__main__":
    # All that gunicorn loads before it takes a request; importing the site has loaded it here too.
    assert site.application
    print(json.dumps([publish_ms() for _ in range(PUBLISHES)]))
