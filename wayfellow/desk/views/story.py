"""A person's story."""

from typing import Any

from django.http import HttpResponse

from wayfellow import access
from wayfellow.desk import verbs
from wayfellow.desk.selectors import story as selectors
from wayfellow.people.models import Client
from wayfellow.ui.pages import page

NARROWER = ("notes", "changes")


@access.client_view(verbs.STORY_READ)
def story(request: Any, client: Client) -> HttpResponse:
    """The thread, what has happened, how they are doing, what is due. `?show=notes|changes` narrows the timeline."""
    only = request.GET.get("show", "")
    found = selectors.story(actor=request.actor, client=client, only=only if only in NARROWER else "")
    return page(request, "desk/story.html", {"client": client, "story": found, "only": only})
