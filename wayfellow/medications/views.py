"""The list of medicines of one client."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from wayfellow import access
from wayfellow.access import Hidden
from wayfellow.kernel.refusal import Changed, Refusal
from wayfellow.medications import forms, selectors, services, verbs
from wayfellow.people.models import Client
from wayfellow.ui.pages import go_on_from, page, saved

LIST = "medications:medications"


@access.client_view(verbs.MEDICATION_READ)
def medications(request: Any, client: Client) -> HttpResponse:
    """What they take, what has stopped, and a form for one more."""
    rows = selectors.medications(actor=request.actor)
    stopped = [row for row in rows if row.status == row.Status.STOPPED]
    context = {
        "client": client,
        "current": [row for row in rows if row.status != row.Status.STOPPED],
        "stopped": stopped,
        "form": forms.MedicationForm(today=request.actor.today),
        "today": request.actor.today,
    }
    return page(request, "medications/medications.html", context)


@access.client_view(verbs.MEDICATION_RECORD)
def medication_record(request: Any, client: Client) -> HttpResponse:
    """Write down one medicine; the list's form comes here, too."""
    form = forms.MedicationForm(request.POST or None, today=request.actor.today)
    if form.is_valid():
        services.medication_record(actor=request.actor, client=client, at=request.now, **form.cleaned_data)
        return saved(request, to=LIST, client_id=client.pk, say=_("The medicine is on the list."))
    return page(request, "medications/medication_record.html", {"client": client, "form": form})


@access.client_view(verbs.MEDICATION_STOP)
def medication_stop(request: Any, client: Client, medication_id: UUID) -> HttpResponse:
    """Write down that they no longer take it."""
    medication = selectors.medication(actor=request.actor, medication_id=medication_id)
    if medication is None:
        raise Hidden
    form = forms.StopForm(
        request.POST or None, initial={"version": medication.version, "ended_date": request.actor.today}
    )
    if form.is_valid():
        try:
            services.medication_stop(actor=request.actor, medication=medication, at=request.now, **form.cleaned_data)
            return saved(request, to=LIST, client_id=client.pk, say=_("It is written down that this medicine stopped."))
        except Changed as changed:
            go_on_from(form, changed)
        except Refusal as refusal:
            form.add_error("ended_date", refusal.message)
    return page(request, "medications/medication_stop.html", {"client": client, "medication": medication, "form": form})
