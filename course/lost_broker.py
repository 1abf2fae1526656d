"""Keeps a worker alive when Redis dies while a task runs (Celery and kombu 5.7.0).

Celery first cuts the lost connection's ties, then closes its channel. kombu's closing channel wants to put its
unacknowledged messages back into Redis, over the connection that is cut: an AttributeError that ends the worker
(kombu issue 582 has the same trace). The messages need no rescue here: they lie in the `unacked` hash of the
append-only file, and are delivered again after the visibility timeout.
"""

from typing import Any

from kombu.transport import redis


class PatientQoS(redis.QoS):
    """Puts unacknowledged messages back only while there is a connection to put them back over."""

    def restore_unacked(self, client: Any = None) -> None:
        """As kombu's, or nothing when the connection is gone."""
        if self.channel.connection.client is not None:
            super().restore_unacked(client)


def install() -> None:
    """Let every channel of this process use it."""
    redis.Channel.QoS = PatientQoS
