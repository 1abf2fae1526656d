"""The course with a few addresses more, for benchmarks: same settings, same middleware, same labs."""
