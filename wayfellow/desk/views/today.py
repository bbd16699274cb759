"""Today."""

from typing import Any

from django.http import HttpResponse

from wayfellow import access
from wayfellow.desk import verbs
from wayfellow.desk.selectors import chart
from wayfellow.desk.selectors import today as selectors
from wayfellow.ui.pages import page


@access.staff_view(verbs.TODAY_READ)
def today(request: Any) -> HttpResponse:
    """The worker's day in one look; `?due=all` shows everyone for whom something is due."""
    day = selectors.today(actor=request.actor, everything=request.GET.get("due") == "all")
    return page(request, "desk/today.html", {"today": day, "dots": chart.dots(day.caseload)})
