"""Pages of people: their details, who must not know them, who may be here twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wayfellow import access
from wayfellow.kernel.refusal import Changed, Refusal
from wayfellow.people import forms, selectors, services, verbs
from wayfellow.people.models import Client, PossibleDuplicate
from wayfellow.ui.pages import go_on_from, page, saved

HERE = "people:details"


@access.client_view(verbs.CLIENT_READ)
def details(request: Any, client: Client) -> HttpResponse:
    """Everything known of someone beside their name."""
    return page(request, "people/details.html", _details(request, client))


def _details(request: Any, client: Client) -> dict[str, Any]:
    return {"client": client, "details": selectors.details(actor=request.actor), "today": request.actor.today}


@access.client_view(verbs.CLIENT_CHANGE)
def client_change(request: Any, client: Client) -> HttpResponse:
    """Change who they are and how to reach them."""
    initial = {name: getattr(client, name) for name in services.CLIENT_FIELDS} | {"version": client.version}
    form = forms.ClientForm(request.POST or None, initial=initial, today=request.actor.today)
    context: dict[str, Any] = {"client": client, "form": form}
    if form.is_valid():
        try:
            services.client_change(actor=request.actor, client=client, at=request.now, **form.cleaned_data)
            return saved(request, to=HERE, say=_("The details are kept."), client_id=client.pk)
        except Changed as changed:
            go_on_from(form, changed)
            context["theirs"] = changed.theirs
    return page(request, "people/client_change.html", context)


def _detail_form(
    request: Any,
    client: Client,
    *,
    form: Any,
    title: str,
    save: Callable[..., object],
    said: str,
) -> HttpResponse:
    """One small form about a client: shown, sent, kept, or refused at its field."""
    if form.is_valid():
        try:
            save(actor=request.actor, client=client, **form.cleaned_data)
            return saved(request, to=HERE, say=said, client_id=client.pk)
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    return page(request, "people/detail_form.html", {"client": client, "form": form, "form_title": title})


def _removed(request: Any, client: Client, *, find: Callable[[], Any], remove: Callable[[Any], None], said: str) -> Any:
    """A row taken away; pressed twice, or by two people, it is simply gone."""
    try:
        remove(find())
    except access.Hidden:
        pass
    except Refusal as refusal:
        said = refusal.message
    return saved(request, to=HERE, say=said, client_id=client.pk)


def _initial(row: Any, *names: str) -> dict[str, Any]:
    return {"key": row.pk} | {name: getattr(row, name) for name in names} if row is not None else {}


@access.client_view(verbs.CLIENT_CHANGE)
def phone_write(request: Any, client: Client, phone_id: UUID | None = None) -> HttpResponse:
    """Add a number, or change one."""
    row = selectors.phone(actor=request.actor, phone_id=phone_id) if phone_id else None
    initial = _initial(row, "number", "kind", "can_text", "is_preferred")
    form = forms.PhoneForm(request.POST or None, initial=initial)
    said = _("The number is kept.")
    return _detail_form(request, client, form=form, title=_("A phone number"), save=services.phone_write, said=said)


@access.client_view(verbs.CLIENT_CHANGE)
@require_POST
def phone_remove(request: Any, client: Client, phone_id: UUID) -> HttpResponse:
    """Take a number away."""
    return _removed(
        request, client, said=_("The number is gone from the details."),
        find=lambda: selectors.phone(actor=request.actor, phone_id=phone_id),
        remove=lambda row: services.phone_remove(actor=request.actor, phone=row),
    )  # fmt: skip


@access.client_view(verbs.CLIENT_CHANGE)
def email_write(request: Any, client: Client, email_id: UUID | None = None) -> HttpResponse:
    """Add an e-mail address, or change one."""
    row = selectors.email(actor=request.actor, email_id=email_id) if email_id else None
    form = forms.EmailForm(request.POST or None, initial=_initial(row, "address", "is_preferred"))
    said = _("The e-mail address is kept.")
    return _detail_form(request, client, form=form, title=_("An e-mail address"), save=services.email_write, said=said)


@access.client_view(verbs.CLIENT_CHANGE)
@require_POST
def email_remove(request: Any, client: Client, email_id: UUID) -> HttpResponse:
    """Take an e-mail address away."""
    return _removed(
        request, client, said=_("The e-mail address is gone from the details."),
        find=lambda: selectors.email(actor=request.actor, email_id=email_id),
        remove=lambda row: services.email_remove(actor=request.actor, email=row),
    )  # fmt: skip


@access.client_view(verbs.CLIENT_CHANGE)
def address_write(request: Any, client: Client, address_id: UUID | None = None) -> HttpResponse:
    """Add where they live or get mail, or change it. A confidential one is written anew: its lines never fill a form."""
    row = selectors.address(actor=request.actor, address_id=address_id) if address_id else None
    initial = _initial(row, "use", "lines", "city", "region", "postal_code", "is_confidential")
    form = forms.AddressForm(request.POST or None, initial=initial)
    return _detail_form(
        request, client, form=form, title=_("An address"), said=_("The address is kept."),
        save=lambda **given: services.address_write(at=request.now, **given),
    )  # fmt: skip


@access.client_view(verbs.CLIENT_CHANGE)
@require_POST
def address_remove(request: Any, client: Client, address_id: UUID) -> HttpResponse:
    """Take an address away."""
    return _removed(
        request, client, said=_("The address is gone from the details."),
        find=lambda: selectors.address(actor=request.actor, address_id=address_id),
        remove=lambda row: services.address_remove(actor=request.actor, address=row),
    )  # fmt: skip


@access.client_view(verbs.ADDRESS_REVEAL)
@require_POST
def address_reveal(request: Any, client: Client, address_id: UUID) -> HttpResponse:
    """Show a confidential address to one of its named readers, on this answer only; the look is written down."""
    found = selectors.address(actor=request.actor, address_id=address_id)
    context = _details(request, client)
    try:
        lines = services.address_reveal(actor=request.actor, address=found)
        context |= {"revealed_id": found.pk, "revealed": lines}
    except Refusal as refusal:
        context |= {"refused": refusal.message}
    return page(request, "people/details.html", context)


@access.client_view(verbs.CLIENT_CHANGE)
def identifier_add(request: Any, client: Client) -> HttpResponse:
    """Add a number that another system knows them by."""
    form = forms.IdentifierForm(request.POST or None)
    return _detail_form(
        request, client, form=form, title=_("A number of theirs"), said=_("The number is kept, locked."),
        save=lambda label, **given: services.identifier_add(label=label, system=label, at=request.now, **given),
    )  # fmt: skip


@access.client_view(verbs.CLIENT_CHANGE)
@require_POST
def identifier_remove(request: Any, client: Client, identifier_id: UUID) -> HttpResponse:
    """Take such a number away."""
    return _removed(
        request, client, said=_("The number is gone from the details."),
        find=lambda: selectors.identifier(actor=request.actor, identifier_id=identifier_id),
        remove=lambda row: services.identifier_remove(actor=request.actor, identifier=row),
    )  # fmt: skip


@access.client_view(verbs.CLIENT_CHANGE)
def allergy_write(request: Any, client: Client, allergy_id: UUID | None = None) -> HttpResponse:
    """Add an allergy, or change one."""
    row = selectors.allergy(actor=request.actor, allergy_id=allergy_id) if allergy_id else None
    form = forms.AllergyForm(request.POST or None, initial=_initial(row, "substance", "reaction", "since"))
    said = _("The allergy is kept.")
    return _detail_form(request, client, form=form, title=_("An allergy"), save=services.allergy_write, said=said)


@access.client_view(verbs.CLIENT_CHANGE)
@require_POST
def allergy_end(request: Any, client: Client, allergy_id: UUID) -> HttpResponse:
    """They are not allergic after all."""
    services.allergy_end(actor=request.actor, allergy=selectors.allergy(actor=request.actor, allergy_id=allergy_id))
    return saved(request, to=HERE, say=_("It no longer counts as an allergy."), client_id=client.pk)


RELATED = (
    "name", "role", "relationship", "phone", "may_know", "is_guardian", "is_emergency_contact", "lives_with_client",
)  # fmt: skip


@access.client_view(verbs.CLIENT_CHANGE)
def related_person_write(request: Any, client: Client, person_id: UUID | None = None) -> HttpResponse:
    """Add someone who stands by them, or change what is known of them."""
    row = selectors.related_person(actor=request.actor, person_id=person_id) if person_id else None
    form = forms.RelatedPersonForm(request.POST or None, initial=_initial(row, *RELATED))
    said, title = _("Their person is kept."), _("Someone who stands by them")
    return _detail_form(request, client, form=form, title=title, save=services.related_person_write, said=said)


@access.client_view(verbs.CLIENT_CHANGE)
@require_POST
def related_person_end(request: Any, client: Client, person_id: UUID) -> HttpResponse:
    """Take someone off the list."""
    found = selectors.related_person(actor=request.actor, person_id=person_id)
    services.related_person_end(actor=request.actor, person=found)
    return saved(request, to=HERE, say=_("They are off the list; the record keeps them."), client_id=client.pk)


@access.staff_view(verbs.DUPLICATE_REVIEW)
def duplicates(request: Any) -> HttpResponse:
    """For the privacy lead: who may be written down twice."""
    return page(request, "people/duplicates.html", {"pairs": selectors.duplicates(actor=request.actor)})


@access.client_view(verbs.DUPLICATE_REVIEW)
@require_POST
def duplicate_review(request: Any, client: Client, duplicate_id: UUID) -> HttpResponse:
    """Say whether two rows are one person."""
    found = selectors.duplicate(actor=request.actor, duplicate_id=duplicate_id)
    is_same = request.POST.get("outcome") == PossibleDuplicate.Outcome.SAME
    outcome = PossibleDuplicate.Outcome.SAME if is_same else PossibleDuplicate.Outcome.DIFFERENT
    services.duplicate_review(
        actor=request.actor, duplicate=found, version=found.version, outcome=outcome, at=request.now
    )
    return saved(request, to="people:duplicates", say=_("Your answer is kept."))
