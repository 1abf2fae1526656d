"""Recording what one piece of work really does in a project of a lesson, and reading such recordings.

`recipe.py` says what is to be recorded, `recorder.py` does it with real parts, `recording.py` is what is kept.
"""
