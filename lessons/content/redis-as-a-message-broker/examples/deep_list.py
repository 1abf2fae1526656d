"""A plain list as a queue: who gets the message, and what waiting costs."""

import os
import threading
import time

import redis

server = redis.Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)


def two_wait_for_one():
    """How many of two waiting readers get one message."""
    got = []
    readers = [threading.Thread(target=lambda: got.append(server.brpop("mails", 2))) for _ in range(2)]
    for reader in readers:
        reader.start()
    while server.info("clients")["blocked_clients"] < 2:
        time.sleep(0.01)
    server.lpush("mails", "welcome 7")
    for reader in readers:
        reader.join()
    return sum(message is not None for message in got)


def commands_in_a_second(wait):
    """How many commands Redis answers in one second in which no message comes."""
    before = server.info("stats")["total_commands_processed"]
    until = time.monotonic() + 0.95  # a timeout of 1 s ends behind it
    while time.monotonic() < until:
        wait()
    return server.info("stats")["total_commands_processed"] - before - 1  # one for the first INFO


print("readers that got the message:", two_wait_for_one())
polling = commands_in_a_second(lambda: server.rpop("mails"))
blocking = commands_in_a_second(lambda: server.brpop("mails", 1))
print("an idle second, RPOP in a loop: more than 500 commands:", polling > 500)
print("an idle second, BRPOP with a timeout of 1 s:", blocking)
