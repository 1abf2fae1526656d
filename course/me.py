"""All that is kept of a learner: to see, to take along, to delete, and to carry to another browser."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learners import held, records
from learners.identity import current_learner, forget_in_browser
from learners.resume import TooManyWrong, WrongCode, enter_code
from learners.resume import make_code as new_code
from learners.words import LONGEST_CODE, NoCode

SHOWN_OF_EACH = 100
"""Lines of each kind on the page; the file has all."""


@never_cache
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Everything that is kept of this browser's learner, in plain words. Looking makes no learner."""
    return _page(request, {})


@never_cache
@require_safe
def everything(request: HttpRequest) -> JsonResponse:
    """Every row that is kept, as one JSON file."""
    learner = current_learner(request)
    data = {"exported_at": timezone.now(), **(held.export(learner) if learner else {})}
    headers = {"Content-Disposition": 'attachment; filename="brokered-everything.json"'}
    return JsonResponse(data, headers=headers, json_dumps_params={"indent": 1, "ensure_ascii": False})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponse:
    """Ask before deleting all of it; a POST does it, and takes the cookies back."""
    learner = current_learner(request)
    if request.method != "POST" or learner is None:
        shares = held.shares(learner, 0) if learner else []
        return render(request, "course/me_delete.html", {"learner": learner, "shares": shares})
    records.forget(learner)
    response = render(request, "course/me_delete.html", {"is_deleted": True})
    forget_in_browser(response)
    return response


@never_cache
@require_POST
def make_code(request: HttpRequest) -> HttpResponse:
    """Make a code that carries this learner to another browser, and show it, once."""
    learner = current_learner(request)
    if learner is None:
        return redirect("me")
    return render(request, "course/me_code.html", {"code": new_code(learner)})


@never_cache
@require_POST
def resume(request: HttpRequest) -> HttpResponse:
    """Take over what the four words in `code` stand for. What this browser held before gets a code of its own."""
    typed = request.POST.get("code", "")
    try:
        left_behind = enter_code(request, typed)
    except (NoCode, WrongCode) as refused:
        return _page(request, {"typed": typed[:LONGEST_CODE], "problem": str(refused)}, status=400)
    except TooManyWrong as refused:
        minutes = -(-refused.wait_s // 60)
        problem = f"Too many wrong codes came from here. Try again in {minutes} min; a right one is not lost meanwhile."
        answer = _page(request, {"typed": typed[:LONGEST_CODE], "problem": problem}, status=429)
        answer["Retry-After"] = str(refused.wait_s)
        return answer
    if left_behind:
        return render(request, "course/me_code.html", {"code": left_behind, "is_left_behind": True})
    return redirect("me")


def _page(request: HttpRequest, more: dict[str, Any], status: int = 200) -> HttpResponse:
    learner = current_learner(request)
    context = {"learner": learner, "shares": held.shares(learner, SHOWN_OF_EACH) if learner else []}
    return render(request, "course/me.html", context | more, status=status)
