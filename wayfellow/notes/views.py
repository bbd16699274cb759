"""Pages of notes: the list, one note, writing one, an attempt in one tap, an amendment."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wayfellow import access
from wayfellow.kernel.refusal import Changed, Refusal
from wayfellow.notes import forms, pages, selectors, services, verbs
from wayfellow.people.models import Client
from wayfellow.ui.pages import page, saved

PAGE_SIZE = 25


@access.client_view(verbs.NOTE_READ_SHARED)
def notes(request: Any, client: Client) -> HttpResponse:
    """All notes and attempts. `?show=` narrows, `?served=` shows what served one intervention."""
    return _list(request, client)


@access.client_view(verbs.NOTE_WRITE)
@require_POST
def attempt_record(request: Any, client: Client) -> HttpResponse:
    """Nobody was reached: one tap, then the list, which says what else to try."""
    form = forms.AttemptForm(request.POST)
    if not form.is_valid():
        return _list(request, client, attempt_form=form)
    services.attempt_record(actor=request.actor, client=client, at=request.now, **form.cleaned_data)
    return saved(request, to="notes:notes", say=_("It is written down."), client_id=client.pk)


@access.client_view(verbs.NOTE_READ_SHARED)
def note(request: Any, client: Client, note_id: UUID) -> HttpResponse:
    """One note as it was signed, with what was added since."""
    return _note(request, client, selectors.note(actor=request.actor, note_id=note_id))


@access.client_view(verbs.NOTE_AMEND)
def note_amend(request: Any, client: Client, note_id: UUID) -> HttpResponse:
    """Add to a signed note; the form stands on the note's own page."""
    found = selectors.note(actor=request.actor, note_id=note_id)
    form = forms.AmendForm(request.POST) if request.method == "POST" else forms.AmendForm()
    if form.is_valid():
        try:
            services.note_amend(actor=request.actor, note=found.note, at=request.now, **form.cleaned_data)
            say = _("It is added to the note.")
            return saved(request, to="notes:note", say=say, client_id=client.pk, note_id=note_id)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    return _note(request, client, found, form if form.is_bound else None)


@access.client_view(verbs.NOTE_WRITE)
def note_write(request: Any, client: Client, note_id: UUID | None = None) -> HttpResponse:
    """Begin a note or go on with one's own; keep it for later, or sign it. A draft is saved as one types."""
    writing = pages.writing(request, client, note_id)
    if writing.is_closed:
        return redirect("notes:note", client_id=client.pk, note_id=note_id)
    form = writing.form
    if form.is_valid():
        try:
            done = services.note_write(actor=request.actor, client=client, at=request.now, **writing.wishes)
            return saved(request, to="notes:note", say=writing.said(done), client_id=client.pk, note_id=done.pk)
        except Changed as changed:
            writing.show_both(changed)
        except Refusal as refusal:
            form.add_error(pages.field_of(refusal), refusal.message)
    return page(request, "notes/note_write.html", writing.context)


def _list(request: Any, client: Client, **more: Any) -> HttpResponse:
    narrowed = pages.narrowed(request)
    found = selectors.notes_found(actor=request.actor, only=narrowed.only, served=narrowed.served)
    context = {
        "client": client,
        "narrowed": narrowed,
        "page_obj": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "reaching": pages.reaching(request, client),
        "today": request.actor.today,
    }
    return page(request, "notes/notes.html", context | more)


def _note(request: Any, client: Client, found: selectors.NotePage, form: forms.AmendForm | None = None) -> HttpResponse:
    context = pages.note_context(request, client, found)
    return page(request, "notes/note.html", context | ({"form": form} if form else {}))
