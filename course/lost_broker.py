"""Keeps a worker alive when Redis dies under its work (Celery and kombu 5.7.0).

Celery first cuts the lost connection's ties, then closes its channel. kombu's closing channel wants to put its
unacknowledged messages back into Redis, over the connection that is cut: an AttributeError that ends the worker
(kombu issue 582 has the same trace). Later, a message that came over that channel and has waited for a thread is taken
up, and kombu wants to acknowledge it over the same channel: the same error. The messages need no rescue here: they lie
in the `unacked` hash of the append-only file, and are delivered again after the visibility timeout.
"""

from typing import Any

from kombu.transport import redis


class PatientQoS(redis.QoS):
    """Tells Redis what became of messages only while there is a connection to tell it over."""

    def ack(self, delivery_tag: str) -> None:
        """As kombu's, or nothing when the connection is gone: the message will be delivered once more."""
        if self._is_connected:
            super().ack(delivery_tag)

    def restore_unacked(self, client: Any = None) -> None:
        """As kombu's, or nothing when the connection is gone."""
        if self._is_connected:
            super().restore_unacked(client)

    @property
    def _is_connected(self) -> bool:
        connection = self.channel.connection  # None once the channel is closed
        return connection is not None and connection.client is not None


def install() -> None:
    """Let every channel of this process use it."""
    redis.Channel.QoS = PatientQoS
