"""A Celery message as it lies in Redis, decoded member by member (protocol 2)."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from labs.bench.doors import RUN_HEADER

# What each member is for, by where it stands. Read in Celery's and kombu's source, 5.7.0.
MEANINGS = {
    "body.args": "the positional arguments",
    "body.kwargs": "the keyword arguments",
    "body.embed": "what to call afterwards: callbacks, errbacks, chain, chord; all empty here",
    "headers.task": "which function to call; the worker looks it up by this name",
    "headers.id": "the id of this task; AsyncResult and revoke go by it",
    "headers.root_id": "the first task of a workflow: here the task itself",
    "headers.parent_id": "the task that sent this one: none",
    "headers.lang": "the language it was sent from",
    "headers.shadow": "another name for logs",
    "headers.eta": "not before this time; null is at once",
    "headers.expires": "not after this time; null is never too late",
    "headers.group": "the group it belongs to",
    "headers.group_index": "its place in that group",
    "headers.retries": "how often it was tried before",
    "headers.timelimit": "hard and soft limit in seconds: none",
    "headers.argsrepr": "the arguments a second time, readable, for logs and monitors: no place for a password",
    "headers.kwargsrepr": "the keyword arguments a second time, readable",
    "headers.origin": "process and host that sent it",
    "headers.ignore_result": "nobody waits for a result, so the worker stores none",
    "headers.replaced_task_nesting": "how often a task replaced itself",
    "headers.stamped_headers": "names of headers that a workflow hands on",
    "headers.stamps": "the values of those headers",
    f"headers.{RUN_HEADER}": "added by this course: the worker knows by it which run to write its times to",
    "properties.correlation_id": "the task's id again, as AMQP wants it",
    "properties.reply_to": "where the sender would listen for an answer",
    "properties.delivery_mode": "2: a broker should keep it on disk; Redis decides that by its own settings",
    "properties.delivery_info": "exchange and routing key: to Redis, the name of the list",
    "properties.priority": "0 to 9; Redis has four lists for them, and 0 is served first",
    "properties.body_encoding": "how the body is written: base64 is an encoding, no protection",
    "properties.delivery_tag": "the key under which it is kept while a worker has it",
    "content-type": "what the decoded body is",
    "content-encoding": "and in which characters",
}


@dataclass(frozen=True)
class Member:
    """One member: its name, its value as JSON, and what it is for (empty when this page does not know)."""

    name: str
    value: str
    meaning: str


@dataclass(frozen=True)
class Message:
    """One list element. `groups` are its parts by name, in the order of the page."""

    size_bytes: int
    tag: str
    task: str
    encoded_body: str
    groups: Mapping[str, tuple[Member, ...]]


def read_message(raw: str) -> Message:
    """Decode a list element. Raises ValueError or KeyError for anything but a Celery message of protocol 2."""
    outer: dict[str, Any] = json.loads(raw)
    args, kwargs, embed = json.loads(base64.b64decode(outer["body"]))
    groups = {
        "body": _members("body.", {"args": args, "kwargs": kwargs, "embed": embed}),
        "headers": _members("headers.", outer["headers"]),
        "properties": _members("properties.", outer["properties"]),
        "about the body": _members("", {name: outer[name] for name in ("content-type", "content-encoding")}),
    }
    tag, task = outer["properties"]["delivery_tag"], outer["headers"]["task"]
    return Message(len(raw.encode()), tag, task, outer["body"], groups)


def _members(where: str, values: Mapping[str, Any]) -> tuple[Member, ...]:
    return tuple(
        Member(name, json.dumps(value, ensure_ascii=False), MEANINGS.get(where + name, ""))
        for name, value in values.items()
    )
