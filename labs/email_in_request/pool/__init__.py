"""Many people at once on one pool of web threads: an experiment for claims and benchmarks."""
