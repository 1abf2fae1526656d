"""Ports: what is free, and what is not."""

import pytest

from apparatus import ports

HERE = "127.0.0.1"


def test_a_port_somebody_listens_on_is_taken_and_free_again_afterwards() -> None:
    with ports.bind(HERE, 0) as taken:
        taken.listen(1)
        port = taken.getsockname()[1]
        assert ports.is_taken(HERE, port)
        assert ports.next_free_port(HERE, port) > port
    assert not ports.is_taken(HERE, port)


def test_a_block_with_one_taken_port_is_passed_over() -> None:
    first = ports.free_block(HERE, 21_000, 30)
    with ports.bind(HERE, first + 17) as taken:
        taken.listen(1)
        assert not ports.is_free_block(HERE, first, 30)
        assert ports.free_block(HERE, first, 30) >= first + 30


def test_no_block_past_the_last_port() -> None:
    with pytest.raises(ports.NoFreePort, match="no 30 free ports in a row from 65530"):
        ports.free_block(HERE, 65_530, 30)
