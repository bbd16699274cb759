"""Who may see a client's confidential address."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from wayfellow import access
from wayfellow.kernel.refusal import Refusal
from wayfellow.people import selectors as people
from wayfellow.people import services, verbs
from wayfellow.people.forms import ColleagueForm
from wayfellow.people.models import Client
from wayfellow.programs import selectors as programs
from wayfellow.ui.pages import page, saved


@access.client_view(verbs.CLIENT_CHANGE)
def address_reader_add(request: Any, client: Client) -> HttpResponse:
    """Name one more colleague who may see the address; only those who see it can."""
    readers = people.details(actor=request.actor).reader_ids
    colleagues = [(staff.pk, staff.name) for staff in programs.colleagues(actor=request.actor)]
    others = [(key, name) for key, name in colleagues if key not in readers]
    form = ColleagueForm(request.POST or None, colleagues=others)
    if form.is_valid():
        try:
            services.address_reader_add(actor=request.actor, client=client, at=request.now, **form.cleaned_data)
            return saved(request, to="desk:address_reader_add", say=_("They may see it now."), client_id=client.pk)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    names = sorted(name for key, name in colleagues if key in readers)
    return page(request, "desk/address_reader_add.html", {"client": client, "form": form, "names": names})
