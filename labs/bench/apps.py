"""Django's entry for the bench, on which all labs stand."""

from django.apps import AppConfig


class BenchConfig(AppConfig):
    """Runs, timelines, slots, and the pages of every lab."""

    name = "labs.bench"
    label = "bench"

    def ready(self) -> None:
        from labs.bench import blocks, guide, held, measured, worker_stamps  # noqa: F401  (the guide registers its check)

        worker_stamps.connect()
        blocks.register_blocks()
        measured.register_figures()
        held.register_kinds()
