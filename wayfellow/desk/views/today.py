"""Today."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from wayfellow import access
from wayfellow.desk import verbs
from wayfellow.desk.selectors import chart
from wayfellow.desk.selectors import today as selectors
from wayfellow.kernel import clock
from wayfellow.ui.pages import page


@access.staff_view(verbs.TODAY_READ)
def today(request: Any) -> HttpResponse:
    """The worker's day in one look; `?due=all` shows everyone for whom something is due."""
    day = selectors.today(actor=request.actor, everything=request.GET.get("due") == "all")
    context = {
        "today": day,
        "dots": chart.by_last_contact(rows=day.caseload),
        "greeting": _greeting(clock.local(request.now, request.actor.timezone).hour),
        "first_name": request.actor.name.split(" ")[0],
        "has_team": "supervisor" in request.actor.roles,
    }
    return page(request, "desk/today.html", context)


def _greeting(hour: int) -> str:
    if hour < 12:
        return _("Good morning")
    return _("Good afternoon") if hour < 18 else _("Good evening")
