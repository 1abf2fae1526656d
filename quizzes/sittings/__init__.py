"""Sittings: a set of questions drawn beforehand and taken in one of the modes practice, test, prediction and topic."""
