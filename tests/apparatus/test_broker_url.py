"""One REDIS_URL, two spellings."""

import pytest

from apparatus import broker_url


@pytest.mark.parametrize(
    ("given", "for_redis_py", "for_celery"),
    [
        (
            "unix:///tmp/a/redis.sock",
            "unix:///tmp/a/redis.sock?db=0",
            "redis+socket:///tmp/a/redis.sock?virtual_host=0",
        ),
        ("unix:///tmp/a.sock?db=3", "unix:///tmp/a.sock?db=3", "redis+socket:///tmp/a.sock?virtual_host=3"),
        ("unix://u:p@/tmp/a.sock", "unix://u:p@/tmp/a.sock?db=0", "redis+socket://u:p@/tmp/a.sock?virtual_host=0"),
        ("redis://h:6379/0", "redis://h:6379/0", "redis://h:6379/0"),
        ("rediss://h:6379/0", "rediss://h:6379/0", "rediss://h:6379/0"),
    ],
)
def test_each_library_gets_its_spelling(given: str, for_redis_py: str, for_celery: str) -> None:
    assert broker_url.redis_py_url(given) == for_redis_py
    assert broker_url.celery_url(given) == for_celery


@pytest.mark.parametrize("url", ["http://h", "localhost", "", "unix://redis.sock", "unix:///a.sock?db=x"])
def test_another_address_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(ValueError, match=r"REDIS_URL .*(unix:///path)"):
        broker_url.celery_url(url)


def test_a_socket_path_with_spaces_comes_back_whole() -> None:
    assert broker_url.socket_path(broker_url.url_of_socket("/tmp/a b%20ü/redis.sock")) == "/tmp/a b%20ü/redis.sock"


def test_a_password_is_not_printed() -> None:
    assert broker_url.without_password("redis://me:secret@h:6379/0") == "redis://me:***@h:6379/0"
