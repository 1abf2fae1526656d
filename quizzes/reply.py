"""The page of a question in answer to a form: the question, what there is to say to the form, and what was written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@dataclass(frozen=True)
class Reply:
    """What a page says beyond its question, and the status it is sent with.

    `trouble` stands beside the form, `notice` above the question; `chosen` goes back into the form; `hinted`: the hint
    is shown.
    """

    trouble: str = ""
    notice: str = ""
    chosen: str = ""
    hinted: bool = False
    status: int = 200


def render_reply(request: HttpRequest, template: str, context: Mapping[str, Any], reply: Reply) -> HttpResponse:
    """The page of a question with a reply. A hint that was once shown stays."""
    hinted = reply.hinted or context["hinted"] or "hinted" in request.POST
    said = {"trouble": reply.trouble, "notice": reply.notice, "hinted": hinted}
    if request.method == "POST":
        said["sure_of"] = request.POST.get("certainty", "")
    if reply.chosen:
        said["chosen"] = reply.chosen
    return render(request, template, {**context, **said}, status=reply.status)
