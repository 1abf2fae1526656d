"""Figures and answers as CSV files for a spreadsheet or a statistics program."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Cell = str | int | float | None


def csv_response(name: str, rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """The rows as a file to download."""
    text = io.StringIO()
    csv.writer(text).writerows([_harmless(cell) for cell in row] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _harmless(cell: Cell) -> Cell:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, CSV injection)."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(STARTS_FORMULA) else cell
