"""Who has opened this record, and why."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse

from wayfellow import access
from wayfellow.access import verbs
from wayfellow.desk.selectors import opened as selectors
from wayfellow.people.models import Client
from wayfellow.ui.pages import page

PAGE_SIZE = 50


@access.client_view(verbs.AUDIT_READ)
def opened(request: Any, client: Client) -> HttpResponse:
    """Every time someone looked or changed something, by day, with the reason that let them; and whose lists they were on."""
    pages = Paginator(selectors.opened_rows(actor=request.actor, client=client), PAGE_SIZE)
    page_obj = pages.get_page(request.GET.get("page"))
    context = {
        "client": client,
        "page_obj": page_obj,
        "found": selectors.opened(actor=request.actor, client=client, rows=list(page_obj.object_list)),
        "with_lists": page_obj.number == 1,
    }
    return page(request, "desk/opened.html", context)
