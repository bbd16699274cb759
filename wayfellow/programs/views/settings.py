"""The agency, its sites, programs and teams, as an administrator sets them up."""

from typing import Any
from uuid import UUID

from django.forms import model_to_dict
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wayfellow import access
from wayfellow.programs import forms, selectors, services, verbs
from wayfellow.programs.reasons import MANAGERS, WORKERS
from wayfellow.programs.views.answers import answered, pressed, shown
from wayfellow.ui.pages import saved


@access.staff_view(verbs.SETTINGS_READ)
def settings(request: Any) -> HttpResponse:
    """The way to everything that an administrator sets up."""
    context = {
        "agency": selectors.agency(actor=request.actor),
        "sites": selectors.sites(actor=request.actor),
        "programs": selectors.programs(actor=request.actor),
        "staff_count": selectors.staff_list(actor=request.actor).count(),
    }
    return shown(request, "programs/settings.html", context)


@access.staff_view(verbs.SETTINGS_CHANGE)
def agency_change(request: Any) -> HttpResponse:
    """The agency's name, time zone and numbers."""
    agency = selectors.agency(actor=request.actor)

    def act(given: dict[str, Any]) -> HttpResponse:
        services.agency_change(actor=request.actor, agency=agency, **given)
        return saved(request, to="programs:settings", say=_("Saved."))

    form = forms.AgencyForm(request.POST or None, initial=model_to_dict(agency))
    return answered(request, form, act, title=_("Agency"), back=reverse("programs:settings"))


@access.staff_view(verbs.SETTINGS_CHANGE)
def site_add(request: Any) -> HttpResponse:
    """A new place."""

    def act(given: dict[str, Any]) -> HttpResponse:
        site = services.site_add(actor=request.actor, **given)
        return saved(request, to="programs:settings", say=_("%(name)s is added.") % {"name": site.name})

    form = forms.SiteAdd(request.POST or None)
    return answered(request, form, act, title=_("New site"), back=reverse("programs:settings"))


@access.staff_view(verbs.SETTINGS_CHANGE)
def site_change(request: Any, site_id: UUID) -> HttpResponse:
    """A place that exists."""
    site = selectors.site(actor=request.actor, site_id=site_id)

    def act(given: dict[str, Any]) -> HttpResponse:
        services.site_change(actor=request.actor, site=site, **given)
        return saved(request, to="programs:settings", say=_("Saved."))

    form = forms.SiteChange(request.POST or None, initial=model_to_dict(site))
    return answered(request, form, act, title=site.name, back=reverse("programs:settings"))


@access.staff_view(verbs.SETTINGS_CHANGE)
def program_add(request: Any) -> HttpResponse:
    """A new program."""

    def act(given: dict[str, Any]) -> HttpResponse:
        program = services.program_add(actor=request.actor, **given)
        say = _("%(name)s is added. Who manages it?") % {"name": program.name}
        return saved(request, to="programs:program", program_id=program.pk, say=say)

    form = forms.ProgramAdd(request.POST or None, sites=selectors.sites(actor=request.actor))
    return answered(request, form, act, title=_("New program"), back=reverse("programs:settings"))


@access.staff_view(verbs.SETTINGS_READ)
def program(request: Any, program_id: UUID) -> HttpResponse:
    """One program: what it is, its teams, who manages it."""
    line = selectors.program(actor=request.actor, program_id=program_id)
    form = forms.StaffPick(people=selectors.colleagues(actor=request.actor, roles=MANAGERS))
    return shown(request, "programs/program.html", {"line": line, "form": form})


@access.staff_view(verbs.SETTINGS_CHANGE)
def program_change(request: Any, program_id: UUID) -> HttpResponse:
    """A program that exists."""
    found = selectors.program(actor=request.actor, program_id=program_id).program

    def act(given: dict[str, Any]) -> HttpResponse:
        services.program_change(actor=request.actor, program=found, **given)
        return saved(request, to="programs:program", program_id=program_id, say=_("Saved."))

    sites = selectors.sites(actor=request.actor)
    form = forms.ProgramChange(request.POST or None, sites=sites, initial=model_to_dict(found))
    back = reverse("programs:program", args=[program_id])
    return answered(request, form, act, title=found.name, back=back)


@access.staff_view(verbs.STAFF_CHANGE)
def management_start(request: Any, program_id: UUID) -> HttpResponse:
    """Who manages the program."""
    line = selectors.program(actor=request.actor, program_id=program_id)

    def act(given: dict[str, Any]) -> HttpResponse:
        staff = given["staff"]
        services.management_start(actor=request.actor, program=line.program, staff=staff, starts_at=request.now)
        say = _("%(name)s manages it from now on.") % {"name": staff.name}
        return saved(request, to="programs:program", program_id=program_id, say=say)

    form = forms.StaffPick(request.POST or None, people=selectors.colleagues(actor=request.actor, roles=MANAGERS))
    return answered(request, form, act, template="programs/program.html", line=line)


@access.staff_view(verbs.STAFF_CHANGE)
@require_POST
def management_end(request: Any, management_id: UUID) -> HttpResponse:
    """Someone manages a program no more."""
    row = selectors.management(actor=request.actor, management_id=management_id)
    return pressed(
        request,
        lambda: services.management_end(actor=request.actor, management=row, at=request.now),
        to="programs:program",
        program_id=row.program_id,
        say=_("%(name)s manages it no more.") % {"name": row.staff.name},
    )


@access.staff_view(verbs.SETTINGS_CHANGE)
def team_add(request: Any, program_id: UUID) -> HttpResponse:
    """A new team of a program."""
    found = selectors.program(actor=request.actor, program_id=program_id).program

    def act(given: dict[str, Any]) -> HttpResponse:
        team = services.team_add(actor=request.actor, program=found, **given)
        say = _("%(name)s is added. Who is on it?") % {"name": team.name}
        return saved(request, to="programs:team", team_id=team.pk, say=say)

    form = forms.TeamAdd(request.POST or None)
    back = reverse("programs:program", args=[program_id])
    return answered(request, form, act, title=_("New team"), back=back)


@access.staff_view(verbs.SETTINGS_READ)
def team(request: Any, team_id: UUID) -> HttpResponse:
    """One team and who is on it."""
    return shown(request, "programs/team.html", _team(request, team_id))


@access.staff_view(verbs.SETTINGS_CHANGE)
def team_change(request: Any, team_id: UUID) -> HttpResponse:
    """A team that exists."""
    found = selectors.team(actor=request.actor, team_id=team_id)

    def act(given: dict[str, Any]) -> HttpResponse:
        services.team_change(actor=request.actor, team=found, **given)
        return saved(request, to="programs:team", team_id=team_id, say=_("Saved."))

    form = forms.TeamChange(request.POST or None, initial=model_to_dict(found))
    back = reverse("programs:team", args=[team_id])
    return answered(request, form, act, title=found.name, back=back)


@access.staff_view(verbs.STAFF_CHANGE)
def team_join(request: Any, team_id: UUID) -> HttpResponse:
    """Someone comes onto the team."""
    context = _team(request, team_id, request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        staff = given["staff"]
        services.team_join(actor=request.actor, team=context["team"], staff=staff, starts_at=request.now)
        say = _("%(name)s is on the team.") % {"name": staff.name}
        return saved(request, to="programs:team", team_id=team_id, say=say)

    return answered(request, context.pop("form"), act, template="programs/team.html", **context)


@access.staff_view(verbs.STAFF_CHANGE)
@require_POST
def team_leave(request: Any, membership_id: UUID) -> HttpResponse:
    """Someone leaves the team."""
    row = selectors.membership(actor=request.actor, membership_id=membership_id)
    return pressed(
        request,
        lambda: services.team_leave(actor=request.actor, membership=row, at=request.now),
        to="programs:team",
        team_id=row.team_id,
        say=_("%(name)s is off the team.") % {"name": row.staff.name},
    )


def _team(request: Any, team_id: UUID, sent: Any = None) -> dict[str, Any]:
    found = selectors.team(actor=request.actor, team_id=team_id)
    members = selectors.memberships(actor=request.actor, team=found)
    on_it = {row.staff_id for row in members}
    workers = selectors.colleagues(actor=request.actor, roles=WORKERS)
    form = forms.StaffPick(sent, people=[person for person in workers if person.pk not in on_it])
    return {"team": found, "members": members, "form": form}
