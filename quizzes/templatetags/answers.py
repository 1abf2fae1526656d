"""Puts a refused answer back into the fields of a form that has several; says which answer is meant."""

from typing import Protocol

from django import template

from quizzes import counting_words

register = template.Library()


class Fillable(Protocol):
    """What a form shows, where an answer can be put in."""

    def filled(self, given: str) -> object:
        """The same with the fields of this canonical answer; unchanged without one."""


@register.filter
def filled(shown: Fillable, chosen: str) -> object:
    """`{{ shown|filled:chosen }}`: what the form shows, with the answer that was just sent."""
    return shown.filled(chosen)


@register.filter
def ordinal(number: int) -> str:
    """`{{ forloop.counter|ordinal }}`: "first", "second" and so on."""
    return counting_words.ordinal(number)
