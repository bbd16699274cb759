"""For the privacy lead: who must not know a client."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wayfellow import access
from wayfellow.kernel.refusal import Refusal
from wayfellow.people import selectors as people
from wayfellow.people import services, verbs
from wayfellow.people.forms import BlockForm
from wayfellow.people.models import Client
from wayfellow.programs import selectors as programs
from wayfellow.ui.pages import page, saved


@access.client_view(verbs.BLOCK_CHANGE)
def conflict_blocks(request: Any, client: Client) -> HttpResponse:
    """Hide a client from a colleague who is close to them, and see from whom they are hidden."""
    colleagues = [(staff.pk, staff.name) for staff in programs.colleagues(actor=request.actor)]
    form = BlockForm(request.POST or None, colleagues=colleagues)
    if form.is_valid():
        services.conflict_block_add(actor=request.actor, client=client, at=request.now, **form.cleaned_data)
        say = _("From now on this colleague doesn’t see them anywhere.")
        return saved(request, to="desk:conflict_blocks", say=say, client_id=client.pk)
    names = dict(colleagues)
    blocks = [(block, names.get(block.staff_id, "")) for block in people.conflict_blocks(actor=request.actor)]
    return page(request, "desk/conflict_blocks.html", {"client": client, "form": form, "blocks": blocks})


@access.client_view(verbs.BLOCK_CHANGE)
@require_POST
def conflict_block_end(request: Any, client: Client, block_id: UUID) -> HttpResponse:
    """End a block."""
    block = people.conflict_block(actor=request.actor, block_id=block_id)
    say = _("The block has ended.")
    try:
        services.conflict_block_end(actor=request.actor, block=block, at=request.now)
    except Refusal as refusal:
        say = refusal.message
    return saved(request, to="desk:conflict_blocks", say=say, client_id=client.pk)
