"""A channel and a list, and nobody there at the moment of sending."""

import os

import redis

server = redis.Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)


def through_a_channel():
    print("PUBLISH reached", server.publish("mails", "welcome 7"), "listeners")
    late = server.pubsub(ignore_subscribe_messages=True)
    late.subscribe("mails")
    late.get_message(timeout=1)  # the confirmation
    print("a listener that comes later gets:", late.get_message(timeout=1))


def through_a_list():
    print("LPUSH: the list is now", server.lpush("waiting mails", "welcome 7"), "long")
    print("a reader that comes later gets:", server.brpop("waiting mails", 1)[1])


through_a_channel()
through_a_list()
