"""Colleagues, as an administrator sees them: never their clients."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.forms import model_to_dict
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wayfellow import access
from wayfellow.programs import forms, selectors, services, verbs
from wayfellow.programs.views.answers import answered, pressed, shown
from wayfellow.ui.pages import saved

# Where a new link waits in the session for the one page that shows it.
HANDOVER = "set_password_link"
SUPERVISORS = ("supervisor",)
PAGE_SIZE = 25


@access.staff_view(verbs.STAFF_READ)
def staff_list(request: Any) -> HttpResponse:
    """Everyone who works or worked here."""
    pages = Paginator(selectors.staff_list(actor=request.actor), PAGE_SIZE)
    page_obj = pages.get_page(request.GET.get("page"))
    lines = selectors.staff_lines(actor=request.actor, people=page_obj.object_list)
    return shown(request, "programs/staff_list.html", {"page_obj": page_obj, "lines": lines})


@access.staff_view(verbs.STAFF_CHANGE)
def staff_invite(request: Any) -> HttpResponse:
    """A new colleague, and the link with which they set their own password."""

    def act(given: dict[str, Any]) -> HttpResponse:
        staff = services.staff_invite(actor=request.actor, at=request.now, **given)
        request.session[HANDOVER] = _link(request, staff)
        return saved(request, to="programs:staff", staff_id=staff.pk)

    form = forms.StaffInvite(request.POST or None)
    lead = _("You get a link to hand over. With it they choose their own password; nobody else ever knows it.")
    return answered(request, form, act, title=_("New colleague"), lead=lead, back=reverse("programs:staff_list"))


@access.staff_view(verbs.STAFF_READ)
def staff(request: Any, staff_id: UUID) -> HttpResponse:
    """One colleague: roles, teams, supervision. A link that was just made is shown this once."""
    profile = selectors.staff_profile(actor=request.actor, staff_id=staff_id)
    context = {"profile": profile, "person": profile.line.staff, "link": request.session.pop(HANDOVER, "")}
    return shown(request, "programs/staff.html", context)


@access.staff_view(verbs.STAFF_CHANGE)
def staff_change(request: Any, staff_id: UUID) -> HttpResponse:
    """A colleague's name, title and phone."""
    person = selectors.staff_profile(actor=request.actor, staff_id=staff_id).line.staff

    def act(given: dict[str, Any]) -> HttpResponse:
        services.staff_change(actor=request.actor, staff=person, **given)
        return saved(request, to="programs:staff", staff_id=staff_id, say=_("Saved."))

    form = forms.StaffChange(request.POST or None, initial=model_to_dict(person))
    return answered(
        request,
        form,
        act,
        title=_("What we know of them"),
        person=person,
        back=reverse("programs:staff", args=[staff_id]),
    )


@access.staff_view(verbs.STAFF_CHANGE)
@require_POST
def staff_link(request: Any, staff_id: UUID) -> HttpResponse:
    """A new link to set a password, shown once on the colleague's page."""
    person = selectors.staff_profile(actor=request.actor, staff_id=staff_id).line.staff

    def act() -> None:
        request.session[HANDOVER] = _link(request, person)

    return pressed(request, act, to="programs:staff", staff_id=staff_id, say=_("A new link is ready."))


@access.staff_view(verbs.STAFF_CHANGE)
def staff_deactivate(request: Any, staff_id: UUID) -> HttpResponse:
    """Someone works here no more."""
    person = selectors.staff_profile(actor=request.actor, staff_id=staff_id).line.staff

    def act(given: dict[str, Any]) -> HttpResponse:
        services.staff_deactivate(actor=request.actor, staff=person, at=request.now, **given)
        say = _("%(name)s can’t sign in any more.") % {"name": person.name}
        return saved(request, to="programs:staff", staff_id=staff_id, say=say)

    form = forms.VersionOnly(request.POST or None, initial={"version": person.version})
    lead = _(
        "They are signed out at their next tap. Their clients go to the queues of their programs until someone else works "
        "with them; what they wrote stays. You can let them back in later."
    )
    context = {
        "title": _("They leave"),
        "person": person,
        "lead": lead,
        "submit": _("Close their account"),
        "back": reverse("programs:staff", args=[staff_id]),
    }
    return answered(request, form, act, **context)


@access.staff_view(verbs.STAFF_CHANGE)
@require_POST
def staff_reactivate(request: Any, staff_id: UUID) -> HttpResponse:
    """Someone is back."""
    person = selectors.staff_profile(actor=request.actor, staff_id=staff_id).line.staff
    return pressed(
        request,
        lambda: services.staff_reactivate(actor=request.actor, staff=person, version=person.version),
        to="programs:staff",
        staff_id=staff_id,
        say=_("%(name)s can sign in again.") % {"name": person.name},
    )


@access.staff_view(verbs.STAFF_CHANGE)
def role_grant(request: Any, staff_id: UUID) -> HttpResponse:
    """A role for a time."""
    person = selectors.staff_profile(actor=request.actor, staff_id=staff_id).line.staff
    form = forms.RoleGrant(request.POST or None, actor=request.actor)

    def act(given: dict[str, Any]) -> HttpResponse:
        services.role_grant(actor=request.actor, staff=person, role=given["role"], **form.period)
        return saved(request, to="programs:staff", staff_id=staff_id, say=_("The role is given."))

    back = reverse("programs:staff", args=[staff_id])
    return answered(request, form, act, title=_("A role for a time"), person=person, back=back)


@access.staff_view(verbs.STAFF_CHANGE)
@require_POST
def role_end(request: Any, role_id: UUID) -> HttpResponse:
    """A role ends now."""
    row = selectors.role(actor=request.actor, role_id=role_id)
    return pressed(
        request,
        lambda: services.role_end(actor=request.actor, role=row, at=request.now),
        to="programs:staff",
        staff_id=row.staff_id,
        say=_("The role has ended."),
    )


@access.staff_view(verbs.STAFF_CHANGE)
def supervision_start(request: Any, staff_id: UUID) -> HttpResponse:
    """Who supervises this colleague."""
    person = selectors.staff_profile(actor=request.actor, staff_id=staff_id).line.staff
    others = [row for row in selectors.colleagues(actor=request.actor, roles=SUPERVISORS) if row.pk != person.pk]
    form = forms.SupervisionStart(request.POST or None, actor=request.actor, supervisors=others)

    def act(given: dict[str, Any]) -> HttpResponse:
        who = given["supervisor"]
        services.supervision_start(actor=request.actor, supervisor=who, supervised=person, **form.period)
        say = _("%(name)s supervises them.") % {"name": who.name}
        return saved(request, to="programs:staff", staff_id=staff_id, say=say)

    back = reverse("programs:staff", args=[staff_id])
    return answered(request, form, act, title=_("Who supervises them"), person=person, back=back)


@access.staff_view(verbs.STAFF_CHANGE)
@require_POST
def supervision_end(request: Any, supervision_id: UUID) -> HttpResponse:
    """A supervision ends now."""
    row = selectors.supervision(actor=request.actor, supervision_id=supervision_id)
    return pressed(
        request,
        lambda: services.supervision_end(actor=request.actor, supervision=row, at=request.now),
        to="programs:staff",
        staff_id=row.supervised_id,
        say=_("The supervision has ended."),
    )


def _link(request: Any, staff: Any) -> str:
    return str(request.build_absolute_uri(services.staff_link(actor=request.actor, staff=staff)))
