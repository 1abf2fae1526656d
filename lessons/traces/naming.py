"""Names that stay the same in every recording, for what is random or long: messages, delivery tags, times."""

import json

from lessons.traces.replay import Held
from lessons.traces.wire import Command

REST = "…"  # of the lists that a BRPOP names: one for each priority, and none but the first ever has a message here
TIME = "time"


class Names:
    """Numbers messages and their delivery tags in the order in which they are first met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def shown(self, command: Command) -> str:
        """A command as it is shown: `HSET unacked tag-1 message-1`."""
        _, key, *words = command.words
        if command.name == "BRPOP":
            return f"{command.name} {key.decode()} {REST} {words[-1].decode()}"
        if command.name == "ZADD":
            return f"{command.name} {key.decode()} {TIME} {self.tag(words[-1])}"
        return " ".join([command.name, key.decode(), *map(self._word, words)])

    def held(self, held: Held) -> tuple[tuple[str, ...], ...]:
        """What list, hash and index hold, by name."""
        return (
            tuple(map(self.message, held.celery)),
            tuple(map(self.tag, held.unacked)),
            tuple(map(self.tag, held.unacked_index)),
        )

    def message(self, raw: bytes) -> str:
        """`message-1`, for an element of the list or a value of the hash. Raises ValueError for anything else."""
        return f"message-{self._number(_tag_in(raw))}"

    def tag(self, raw: bytes) -> str:
        """`tag-1`: the message with this delivery tag has the same number."""
        return f"tag-{self._number(raw.decode())}"

    def _word(self, word: bytes) -> str:
        return self.message(word) if word[:1] in (b"{", b"[") else self.tag(word)

    def _number(self, tag: str) -> int:
        return self._numbers.setdefault(tag, len(self._numbers) + 1)


def _tag_in(raw: bytes) -> str:
    """The delivery tag in a message; in the hash, exchange and routing key stand beside it."""
    data = json.loads(raw)
    message = data[0] if isinstance(data, list) else data
    try:
        return str(message["properties"]["delivery_tag"])
    except (KeyError, TypeError):
        raise ValueError(f"This is no message: {raw[:80]!r}") from None
