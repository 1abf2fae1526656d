"""`manage.py simulate-class`: fill a room with learners who do not exist, and spoil some questions on purpose."""

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quizzes import catalog
from quizzes.statistics.reading import items
from quizzes.statistics.room import fill
from quizzes.statistics.simulated import MOST, remove_simulated, simulated_learners
from quizzes.statistics.simulation import SimulatedClass
from quizzes.statistics.suspects import Rule, suspects, within_reach

A_CLASS = 30
EVERY = 10


class Command(BaseCommand):
    """Fill a room, or clear it."""

    help = (
        "Fill a room with simulated learners of different strength, and spoil four questions on purpose: one is "
        "miskeyed, one nobody misses, one has a distractor nobody picks, one punishes those who know. "
        "Their figures are kept apart."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many, which, or away with them."""
        parser.add_argument(
            "--learners",
            type=int,
            default=A_CLASS,
            metavar="N",
            help=f"how many (default {A_CLASS}, from which on the list of suspects finds all that is spoilt)",
        )
        parser.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed makes the same class")
        parser.add_argument("--remove", action="store_true", help="take the simulated class away, with its figures")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, then say what was spoilt and what of it the figures show."""
        if options["remove"]:
            self.stdout.write(f"{remove_simulated()} simulated learners removed, with all that was counted of them.")
            return
        room = self.room(options["learners"], options["seed"])
        for done in fill(room):
            if done % EVERY == 0 or done == len(room.strengths):
                self.stdout.write(f"{done} of {len(room.strengths)} learners have answered")
        self.report(room)

    def room(self, learners: int, seed: int) -> SimulatedClass:
        """The class to be. Raises CommandError when there is one already, or nothing to answer."""
        if not 1 <= learners <= MOST:
            raise CommandError(f"--learners {learners}: write a whole number from 1 to {MOST:,}.")
        if there := simulated_learners().count():
            raise CommandError(f"There is a simulated class of {there} already. Take it away with --remove first.")
        room = SimulatedClass(catalog.all_quizzes(), learners, seed)
        if not room.quizzes:
            raise CommandError("No quiz has a question that can be answered without a run of one's own.")
        return room

    def report(self, room: SimulatedClass) -> None:
        """What was spoilt, what was found, and where to look."""
        known = items(simulated=True)
        found = {suspect.item.question.id: [reason.rule for reason in suspect.reasons] for suspect in suspects(known)}
        for question, rule in room.spoilt.items():
            self.stdout.write(f"spoilt  {question}: {rule.title} ({_state(rule, found.get(question, []))})")
        for question in sorted(found.keys() - room.spoilt.keys()):
            self.stdout.write(f"named without being spoilt  {question}: {found[question][0].title}")
        if room.left_out:
            self.stdout.write(f"{room.left_out} questions were left out: they take a run of one's own, or a person.")
        self.stdout.write(within_reach(known))
        self.stdout.write("Look at it under /staff/questions/?class=simulated")


def _state(rule: Rule, found: Sequence[Rule]) -> str:
    """What became of a spoilt question in the list of suspects."""
    if rule in found:
        return "found"
    return f"named because: {found[0].title}" if found else "not found"
