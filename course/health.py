"""Is every part there? Asked by people, by `./up` and by containers; answers within about 3 s whatever is broken."""

from dataclasses import asdict

from django.db import DatabaseError, connection

from labs.bench.parts import Part, broker_part, worker_part


def health() -> dict[str, dict[str, object]]:
    """The state of database, broker and worker, by name."""
    broker = broker_part()
    worker = worker_part() if broker.ok else Part(False, "unknown: the broker it listens to does not answer")
    return {
        name: asdict(part) for name, part in (("database", database_part()), ("broker", broker), ("worker", worker))
    }


def database_part() -> Part:
    """Can the database answer a query?"""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return Part(False, f"does not answer: {type(error).__name__}")
    return Part(True, connection.display_name)
