"""Someone's stays in programs, who works with them there, and the queue of those nobody works with."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wayfellow import access
from wayfellow.people.models import Client
from wayfellow.programs import forms, selectors, services, verbs
from wayfellow.programs.views.answers import answered, pressed, shown
from wayfellow.ui.pages import saved

PAGE_SIZE = 25


@access.staff_view(verbs.QUEUE_READ)
def queue(request: Any) -> HttpResponse:
    """The people in one's programs whom nobody works with yet, the longest wait first."""
    pages = Paginator(selectors.queue(actor=request.actor), PAGE_SIZE)
    page_obj = pages.get_page(request.GET.get("page"))
    rows = selectors.waiting(actor=request.actor, episodes=page_obj.object_list)
    return shown(request, "programs/queue.html", {"page_obj": page_obj, "rows": rows})


@access.client_view(verbs.EPISODE_READ)
def episodes(request: Any, client: Client) -> HttpResponse:
    """The programs someone is and was in."""
    found = selectors.episodes(actor=request.actor)
    return shown(request, "programs/episodes.html", {"client": client, "episodes": found})


@access.client_view(verbs.EPISODE_OPEN)
def episode_open(request: Any, client: Client) -> HttpResponse:
    """A stay in another program."""

    def act(given: dict[str, Any]) -> HttpResponse:
        services.episode_open(actor=request.actor, client=client, at=request.now, **given)
        say = _("The manager of %(program)s sees them waiting for a worker.") % {"program": given["program"].name}
        return saved(request, to="programs:episodes", client_id=client.pk, say=say)

    form = forms.EpisodeOpen(request.POST or None, programs=selectors.programs_to_choose(actor=request.actor))
    context = {"client": client, "title": _("A stay in a program"), "submit": _("Open it")}
    back = reverse("programs:episodes", args=[client.pk])
    return answered(request, form, act, template="programs/episode_form.html", back=back, **context)


@access.client_view(verbs.EPISODE_READ)
def episode(request: Any, client: Client, episode_id: UUID) -> HttpResponse:
    """One stay: how much support, how often in touch, and who works with them."""
    found = selectors.episode(actor=request.actor, episode_id=episode_id)
    assignments = selectors.assignments_of(actor=request.actor, episode=found)
    context = {
        "client": client,
        "episode": found,
        "team": [row for row in assignments if row.ends_at is None],
        "former": [row for row in assignments if row.ends_at is not None],
    }
    return shown(request, "programs/episode.html", context)


@access.client_view(verbs.EPISODE_CHANGE)
def episode_change(request: Any, client: Client, episode_id: UUID) -> HttpResponse:
    """How much support, and how often to be in touch."""
    found = selectors.episode(actor=request.actor, episode_id=episode_id)

    def act(given: dict[str, Any]) -> HttpResponse:
        services.episode_change(actor=request.actor, episode=found, **given)
        return saved(request, to="programs:episode", client_id=client.pk, episode_id=episode_id, say=_("Saved."))

    initial = {name: getattr(found, name) for name in ("version", "support_level", "contact_every_days")}
    form = forms.EpisodeChange(request.POST or None, initial=initial)
    context = {"client": client, "title": _("Support and rhythm"), "program": found.program}
    return answered(request, form, act, template="programs/episode_form.html", back=_back(found), **context)


@access.client_view(verbs.EPISODE_CLOSE)
def episode_close(request: Any, client: Client, episode_id: UUID) -> HttpResponse:
    """The end of a stay, and of everyone's work in it."""
    found = selectors.episode(actor=request.actor, episode_id=episode_id)

    def act(given: dict[str, Any]) -> HttpResponse:
        services.episode_close(actor=request.actor, episode=found, at=request.now, **given)
        return saved(request, to="desk:caseload", say=_("The stay is closed. The record is kept."))

    form = forms.EpisodeClose(request.POST or None, initial={"version": found.version})
    context = {
        "client": client,
        "title": _("Close this stay"),
        "program": found.program,
        "lead": _("Everyone’s work in it ends at once, yours too. What was written stays in the record."),
        "submit": _("Close the stay"),
    }
    return answered(request, form, act, template="programs/episode_form.html", back=_back(found), **context)


@access.client_view(verbs.EPISODE_ASSIGN)
def episode_assign(request: Any, client: Client, episode_id: UUID) -> HttpResponse:
    """Who works with them, with what each one carries already."""
    found = selectors.episode(actor=request.actor, episode_id=episode_id)

    def act(given: dict[str, Any]) -> HttpResponse:
        services.episode_assign(actor=request.actor, episode=found, at=request.now, **given)
        say = _("%(name)s works with them from now on.") % {"name": given["staff"].name}
        return saved(request, to="programs:episode", client_id=client.pk, episode_id=episode_id, say=say)

    # Not focused on this client: what a worker carries is counted over others, of whom nothing is loaded.
    loads = selectors.worker_loads(actor=request.staff_actor, episode=found)
    form = forms.EpisodeAssign(request.POST or None, loads=loads)
    context = {
        "client": client,
        "title": _("Who works with them"),
        "program": found.program,
        "lead": _("The lightest caseload first, as far as you can see it. A new primary takes over at once."),
        "submit": _("Assign"),
    }
    return answered(request, form, act, template="programs/episode_form.html", back=_back(found), **context)


@access.client_view(verbs.EPISODE_ASSIGN)
@require_POST
def assignment_end(request: Any, client: Client, assignment_id: UUID) -> HttpResponse:
    """Someone works with them no more."""
    row = selectors.assignment(actor=request.actor, assignment_id=assignment_id)
    return pressed(
        request,
        lambda: services.assignment_end(actor=request.actor, assignment=row, at=request.now),
        to="desk:caseload"
        if row.staff_id == request.actor.staff_id
        else reverse("programs:episodes", args=[client.pk]),
        say=_("The assignment has ended."),
    )


def _back(episode: Any) -> str:
    return reverse("programs:episode", args=[episode.client_id, episode.pk])
