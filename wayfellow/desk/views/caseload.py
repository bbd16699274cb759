"""The caseload list."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse

from wayfellow import access
from wayfellow.desk import forms, verbs
from wayfellow.desk.selectors import caseload as selectors
from wayfellow.ui.pages import page

PAGE_SIZE = 25


@access.staff_view(verbs.LIST_READ)
def caseload(request: Any) -> HttpResponse:
    """Everyone this worker works with, narrowed by a plain GET form; a supervisor also has their team's view."""
    form = forms.CaseloadFilter(request.GET, actor=request.actor)
    rows = selectors.caseload(actor=request.actor, team=form.wants_team)
    pages = Paginator(form.narrow(rows), PAGE_SIZE)
    context = {
        "filters": form,
        "views": form.views(rows),
        "programs": form.programs_of(rows),
        "total": len(rows),
        "past_rhythm": sum(row.is_past_rhythm for row in rows),
        "page_obj": pages.get_page(request.GET.get("page")),
    }
    return page(request, "desk/caseload.html", context)
