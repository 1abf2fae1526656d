"""Two letters in at one end of a list, one out at the other. Run it: REDIS_URL=redis://localhost python two_ends.py"""

import os

import redis

server = redis.Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)


def leave(letter):
    server.lpush("letters", letter)


def take():
    return server.rpop("letters")


leave("first")
leave("second")
print("taken:", take())
print("still there:", server.lrange("letters", 0, -1))
