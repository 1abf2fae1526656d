"""Which questions work: counts kept while learners answer, read without going through their answers."""
