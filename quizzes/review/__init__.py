"""Spaced review: what was missed, measured or put on a card comes back when it is about to be forgotten."""
