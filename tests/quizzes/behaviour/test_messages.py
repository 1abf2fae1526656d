"""What a message is in Redis, when it comes there, and how a reader takes it."""

import base64
import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction
from kombu.exceptions import EncodeError

from tests.quizzes.behaviour.conftest import QUEUE, WITHIN_S, Kitchen

pytestmark = pytest.mark.broker


# where-found, own-list, readable, keep-token, nobody-listens
def test_a_publish_is_one_element_of_the_list_named_like_its_queue(anybodys: Kitchen) -> None:
    anybodys.order("soup")
    anybodys.send("cook", "letter", queue="letters")
    assert anybodys.waiting() == (1, 0)
    assert anybodys.redis.llen("letters") == 1
    message = json.loads(anybodys.redis.lindex(QUEUE, 0))
    args, kwargs, _ = json.loads(base64.b64decode(message["body"]))
    assert (args, kwargs, message["headers"]["argsrepr"]) == (["soup"], {}, "('soup',)")
    assert anybodys.redis.ttl(QUEUE) == -1  # Redis itself lets no task expire


# keep-token
def test_a_hidden_copy_of_the_arguments_leaves_the_other_in_the_body(anybodys: Kitchen) -> None:
    anybodys.send("cook", "s3cr3t", argsrepr="(hidden)", ignore_result=True)
    raw = anybodys.redis.lindex(QUEUE, 0)
    assert "s3cr3t" not in raw
    assert b"s3cr3t" in base64.b64decode(json.loads(raw)["body"])


# fill-reader, reader-loop, taken
def test_a_reader_keeps_a_copy_only_if_it_moves_the_message_and_waits_only_if_it_blocks(anybodys: Kitchen) -> None:
    redis = anybodys.redis
    assert redis.rpop("mails") is redis.lmove("mails", "taken") is None  # both return at once
    with ThreadPoolExecutor(1) as reader:
        waiting = reader.submit(redis.blmove, "mails", "taken", 0)
        anybodys.until(lambda: redis.info("clients")["blocked_clients"] == 1)
        redis.lpush("mails", "mine")
        assert waiting.result(WITHIN_S) == "mine"
    redis.lpush("mails", "another reader's")
    assert redis.brpoplpush("mails", "another") == redis.lpop("another") == "another reader's"
    redis.rpush("taken", "another reader's")
    redis.lrem("taken", 1, "mine")  # rpop would have taken the other one, delete both
    assert redis.lrange("taken", 0, -1) == ["another reader's"]
    redis.lpush("mails", "popped")
    assert redis.brpop("mails") == ("mails", "popped")
    assert not redis.exists("mails")


# object-argument, fill-sign-up
def test_an_object_is_refused_where_it_is_sent(anybodys: Kitchen) -> None:
    with pytest.raises(EncodeError):
        anybodys.send("cook", anybodys)
    assert anybodys.waiting() == (0, 0)


# double-click
def test_two_equal_orders_are_two_messages(anybodys: Kitchen) -> None:
    anybodys.order("soup", "soup")
    assert anybodys.waiting() == (2, 0)


# expired-mail
def test_an_expired_task_stays_in_redis_while_no_worker_looks(anybodys: Kitchen) -> None:
    anybodys.send("cook", "offer", expires=0.05)
    over_at = time.time() + 0.05
    anybodys.until(lambda: time.time() > over_at)
    assert anybodys.waiting() == (1, 0)


# too-early, commit-program, fill-sign-up, sign-up-in-order
@pytest.mark.django_db(transaction=True)
def test_a_bare_publish_is_seen_before_the_commit_and_stays_after_a_rollback(anybodys: Kitchen) -> None:
    with transaction.atomic():
        anybodys.order("too early")
        transaction.on_commit(lambda: anybodys.order("never"))
        assert anybodys.waiting() == (1, 0)
        transaction.set_rollback(True)
    assert anybodys.waiting() == (1, 0)
    with transaction.atomic():
        transaction.on_commit(lambda: anybodys.order("in time"))
        assert anybodys.waiting() == (1, 0)
    assert anybodys.waiting() == (2, 0)
