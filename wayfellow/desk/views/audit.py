"""For who looks after privacy: what was done in the whole agency."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse

from wayfellow import access
from wayfellow.access import verbs
from wayfellow.desk.forms import AuditFilter
from wayfellow.desk.selectors import opened as selectors
from wayfellow.programs import selectors as programs
from wayfellow.ui.pages import page

PAGE_SIZE = 50


@access.staff_view(verbs.AUDIT_REVIEW)
def audit(request: Any) -> HttpResponse:
    """Who has opened, changed or tried what, the newest first; `?staff=` and `?refused=on` narrow it. Each person leads to their own list."""
    colleagues = [(staff.pk, staff.name) for staff in programs.colleagues(actor=request.actor)]
    filters = AuditFilter(request.GET, colleagues=colleagues)
    rows = selectors.audit_rows(actor=request.actor, staff_id=filters.staff_id, refused_only=filters.refused_only)
    page_obj = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    found = selectors.audit(actor=request.actor, rows=list(page_obj.object_list))
    context = {"filters": filters, "page_obj": page_obj, "found": found, "today": request.actor.today}
    return page(request, "desk/audit.html", context)
