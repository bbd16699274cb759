"""Who covers for whom."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wayfellow import access
from wayfellow.programs import forms, selectors, services, verbs
from wayfellow.programs.views.answers import answered, pressed, shown
from wayfellow.ui.pages import saved


@access.staff_view(verbs.COVER_MINE)
def covers(request: Any) -> HttpResponse:
    """Cover now and to come, and the form to arrange it."""
    return shown(request, "programs/covers.html", {**_lists(request), "form": _form(request)})


@access.staff_view(verbs.COVER_MINE)
def cover_make(request: Any) -> HttpResponse:
    """Arrange cover for oneself, or for those one looks after."""
    form = _form(request, request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        chosen = {name: given[name] for name in ("covered", "covering", "why", "key")}
        services.cover_make(actor=request.actor, **chosen, **form.period)
        say = _("%(covering)s covers for %(covered)s.") % {
            "covering": given["covering"].name, "covered": given["covered"].name
        }  # fmt: skip
        return saved(request, to="programs:covers", say=say)

    return answered(request, form, act, template="programs/covers.html", **_lists(request))


@access.staff_view(verbs.COVER_MINE)
@require_POST
def cover_end(request: Any, cover_id: UUID) -> HttpResponse:
    """Cover ends now, or is called off."""
    row = selectors.cover(actor=request.actor, cover_id=cover_id)
    return pressed(
        request,
        lambda: services.cover_end(actor=request.actor, cover=row, at=request.now),
        to="programs:covers",
        say=_("The cover has ended."),
    )


def _form(request: Any, sent: Any = None) -> forms.CoverMake:
    return forms.CoverMake(
        sent,
        actor=request.actor,
        covered=selectors.coverable(actor=request.actor),
        covering=selectors.covering_choices(actor=request.actor),
    )


def _lists(request: Any) -> dict[str, Any]:
    rows = selectors.covers(actor=request.actor)
    reach = {person.pk for person in selectors.coverable(actor=request.actor)}
    return {
        "for_me": [row for row in rows if row.covered_id == request.actor.staff_id],
        "by_me": [row for row in rows if row.covering_id == request.actor.staff_id],
        "others": [row for row in rows if request.actor.staff_id not in (row.covered_id, row.covering_id)],
        "endable": {row.pk for row in rows if row.covered_id in reach},
        "can_arrange": bool(reach),
    }
