"""Quizzes in and out: what other systems write is read into our text, and our quizzes are written for them.

formats/       one module per format, each a `FORMAT`
items.py       a question as all formats see it; `Loss`, what a format could not hold; `Refused`
losses.py      what questions can use, for a format to say what it has a place for
from_quiz.py   our quizzes as such questions, and to_quiz.py back; bodies.py has the types
importing.py   from a file to our text, with everything its author should know
"""
