"""Claims: sentences with a number in them, each with the experiment that proves it and the one that must refute it."""
