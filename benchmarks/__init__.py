"""Measurements that are run by hand: `python -m benchmarks.client_styles` and its neighbours. README.md says how."""
