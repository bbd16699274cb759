"""Intake: someone new, on one page that saves as one writes."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from wayfellow import access
from wayfellow.access import drafts
from wayfellow.desk import services
from wayfellow.desk.intake_forms import IntakeForm
from wayfellow.kernel.refusal import Refusal
from wayfellow.people import selectors as people
from wayfellow.people import services as people_services
from wayfellow.people import verbs as people_verbs
from wayfellow.people.models import Client
from wayfellow.programs import selectors as programs
from wayfellow.ui.pages import page, saved


@access.staff_view(people_verbs.CLIENT_CREATE)
def intake(request: Any) -> HttpResponse:
    """Write down someone new. Compared only with people whom the writer may know; what else the agency knows is told to nobody here."""
    draft = drafts.take(actor=request.actor, form=people_services.INTAKE_DRAFT)
    form = IntakeForm(
        request.POST or None,
        initial=draft,
        today=request.actor.today,
        programs=programs.programs_to_choose(actor=request.actor),
    )
    matches: list[Client] = []
    if form.is_valid():
        matches = [] if form.cleaned_data["is_someone_else"] else _known_like(request, form)
        if not matches:
            try:
                client = services.intake(actor=request.actor, at=request.now, **form.chosen)
                return saved(request, to="desk:story", say=_("Written down. This is their page."), client_id=client.pk)
            except Refusal as refusal:
                form.add_error(None, refusal.message)
    context = {"form": form, "draft": draft, "matches": matches, "draft_form": people_services.INTAKE_DRAFT}
    return page(request, "desk/intake.html", context)


def _known_like(request: Any, form: IntakeForm) -> list[Client]:
    """People whom the writer may know and who may be this one: a close name, and no other birth date."""
    given = form.cleaned_data
    found = people.clients_like(actor=request.actor, chosen_name=given["chosen_name"], legal_name=given["legal_name"])
    born = given["birth_date"]
    return [one for one in found if not (born and one.birth_date and one.birth_date != born)]
