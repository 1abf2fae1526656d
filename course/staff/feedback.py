"""What learners said about pages, for staff: what is unread first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from course.staff.access import staff_only
from learners.models import Feedback

ON_A_PAGE = 50


@dataclass(frozen=True)
class Verdicts:
    """How many found one page helpful, and how many did not."""

    about: str
    helpful: int
    not_helpful: int


@staff_only
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Everything that was said, or with `?about=` what was said of one page."""
    about = request.GET.get("about", "")
    found = Feedback.objects.filter(about=about) if about else Feedback.objects.all()
    pages = Paginator(found.order_by(F("read_at").asc(nulls_first=True), "-at"), ON_A_PAGE)
    context = {"page": pages.get_page(request.GET.get("page")), "about": about, "verdicts": verdicts()}
    return render(request, "staff/feedback.html", context | {"unread": found.filter(read_at=None).count()})


@staff_only
@require_POST
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one as read, or with `read=0` as unread again."""
    one = get_object_or_404(Feedback, pk=pk)
    one.read_at = None if request.POST.get("read") == "0" else timezone.now()
    one.save(update_fields=["read_at"])
    about = request.POST.get("about", "")
    return redirect(reverse("staff:feedback") + (f"?{urlencode({'about': about})}" if about else ""))


def verdicts() -> Sequence[Verdicts]:
    """For every page that somebody found helpful or not, the least helpful first."""
    rows = Feedback.objects.exclude(verdict="").values("about")
    counted = rows.annotate(
        helpful=Count("pk", filter=Q(verdict=Feedback.Verdict.HELPFUL)),
        not_helpful=Count("pk", filter=Q(verdict=Feedback.Verdict.NOT_HELPFUL)),
    )
    return sorted((Verdicts(**row) for row in counted), key=lambda one: (one.helpful - one.not_helpful, one.about))
