"""The labs without what they would start."""

import pytest

from labs.bench.experiments import keeper


@pytest.fixture
def nobody_starts(monkeypatch):
    """No process is started: what is tested here is who may be next."""
    monkeypatch.setattr(keeper, "start_next", lambda: None)
