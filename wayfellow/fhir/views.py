"""What others have sent about one client."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse

from wayfellow import access
from wayfellow.fhir import selectors, verbs
from wayfellow.fhir.words import kind_words
from wayfellow.people.models import Client
from wayfellow.ui.pages import page

PAGE_SIZE = 50


@access.client_view(verbs.RECEIVED_READ)
def received(request: Any, client: Client) -> HttpResponse:
    """Everything that came, from where and when, and where it stands now. `?kind=` narrows it to one kind."""
    kinds = selectors.kinds(actor=request.actor)
    only = request.GET.get("kind", "")
    only = only if only in dict(kinds) else ""
    pages = Paginator(selectors.received(actor=request.actor, kind=only), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "client": client,
        "kinds": [(code, kind_words(code), count) for code, count in kinds],
        "only": only,
        "origins": selectors.origins(actor=request.actor),
        "page_obj": pages,
        "rows": [(row, kind_words(row.resource_type)) for row in pages],
        "today": request.actor.today,
    }
    return page(request, "fhir/received.html", context)
