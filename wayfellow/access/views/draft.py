"""Where a form saves itself while it is written (ui/static/ui/js/draft.js sends, access/drafts.py keeps)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from wayfellow.access import drafts, verbs
from wayfellow.access.marks import client_view, staff_view


@client_view(verbs.DRAFT_KEEP)
@require_POST
def draft_save(request: HttpRequest, client: Any, form: str) -> HttpResponse:
    """Keep what was written in a form about this client."""
    return _saved(request, form, client.pk)


@staff_view(verbs.DRAFT_KEEP)
@require_POST
def draft_save_new(request: HttpRequest, form: str) -> HttpResponse:
    """Keep what was written in a form about somebody who isn't here yet."""
    return _saved(request, form, None)


def _saved(request: Any, form: str, client_id: UUID | None) -> HttpResponse:
    sent = request.POST
    groups = {
        group: {name: sent.getlist(name) for name in sent.getlist(f"fields.{group}")}
        for group in sent.getlist("groups")
    }
    try:
        version = drafts.save_groups(
            actor=request.actor, form=form, client_id=client_id, groups=groups, at=request.now, page=_page(sent)
        )
    except drafts.TooLong as refusal:
        return HttpResponse(refusal.message, status=413, content_type="text/plain; charset=utf-8")
    except drafts.DraftGone as refusal:
        return HttpResponse(refusal.message, status=410, content_type="text/plain; charset=utf-8")
    except drafts.DraftChanged as refusal:
        fields = [
            {"name": name, "theirs": theirs, "mine": refusal.mine[name]} for name, theirs in refusal.theirs.items()
        ]
        context = {"fields": fields, "version": refusal.version}
        return render(request, "access/_draft_conflict.html", context, status=409)
    return JsonResponse({"version": version})


def _page(sent: Any) -> drafts.Page:
    version, seq = sent.get("draft_version", ""), sent.get("draft_seq", "")
    return drafts.Page(
        writer=sent.get("draft_writer", "")[:64],
        seq=int(seq) if seq.isdecimal() and len(seq) < 9 else 0,
        version=int(version) if version.isdecimal() and len(version) < 9 else None,
    )
