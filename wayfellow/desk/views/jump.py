"""Jump to anyone."""

from typing import Any

from django.http import HttpResponse

from wayfellow import access
from wayfellow.desk import verbs
from wayfellow.desk.selectors import jump as selectors
from wayfellow.ui.pages import page


@access.staff_view(verbs.JUMP_USE)
def jump(request: Any) -> HttpResponse:
    """People by a few letters of a name. The letters come by POST, so that no address or log holds them."""
    words = request.POST.get("words", "")
    found = selectors.people_named(actor=request.actor, words=words)
    context = {"words": words, "people": found, "asked": request.method == "POST"}
    return page(request, "desk/jump.html", context, fragments={"jump-found": "desk/_jump_found.html"})
