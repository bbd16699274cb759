"""Staff: inviting, changing, leaving and coming back. Nobody's password is ever chosen for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from django.utils.translation import gettext as _

from wayfellow import access
from wayfellow.access import Actor
from wayfellow.access.models import User
from wayfellow.kernel.refusal import Refusal
from wayfellow.programs import verbs
from wayfellow.programs.models import Staff, StaffRole, StaffRoleCode
from wayfellow.programs.services.changing import (
    change_if_current,
    here_or_hidden,
    made_already,
    make_once,
    period_start,
)


class EmailInUse(Refusal):
    """An account with this address exists."""


class LastAdministrator(Refusal):
    """The agency would be left without anyone who can set it up."""


class NoAccount(Refusal):
    """This member of staff can't sign in, so there is no password to set."""


@access.service
def staff_invite(
    *,
    actor: Actor,
    key: UUID,
    name: str,
    email: str,
    roles: Iterable[str],
    at: datetime,
    job_title: str = "",
    phone: str = "",
) -> Staff:
    """Someone who works here, with an account that has no password yet and these roles from now on (codes of StaffRoleCode).

    The same `key` twice is one row. Raises EmailInUse. Their password they set themselves: `staff_link`.
    """
    access.require(actor, verbs.STAFF_CHANGE)
    staff = make_once(
        look=lambda: made_already(model=Staff, key=key),
        make=lambda: _new_staff(actor, key, name, email, job_title, phone),
    )
    here_or_hidden(actor=actor, agency_ids=[staff.agency_id])
    for role in roles:
        period_start(model=StaffRole, starts_at=at, ends_at=None, staff=staff, role=role)
    access.record(actor, verbs.STAFF_CHANGE, staff)
    return staff


@access.service
def staff_change(*, actor: Actor, staff: Staff, version: int, name: str, job_title: str = "", phone: str = "") -> Staff:
    """Change a colleague's name, title or phone. Raises Changed."""
    access.require(actor, verbs.STAFF_CHANGE)
    here_or_hidden(actor=actor, agency_ids=[staff.agency_id])
    row = change_if_current(row=staff, version=version, name=name, job_title=job_title, phone=phone)
    access.record(actor, verbs.STAFF_CHANGE, row)
    return row


@access.service
def staff_deactivate(*, actor: Actor, staff: Staff, version: int, at: datetime) -> Staff:
    """They work here no more: sessions end at their next request. Their clients wait in the queues of their programs.

    Raises Changed, LastAdministrator.
    """
    access.require(actor, verbs.STAFF_CHANGE)
    here_or_hidden(actor=actor, agency_ids=[staff.agency_id])
    keep_an_administrator(staff=staff, at=at)
    _sign_in_is(staff, possible=False)
    row = change_if_current(row=staff, version=version, is_active=False)
    access.record(actor, verbs.STAFF_CHANGE, row)
    return row


@access.service
def staff_reactivate(*, actor: Actor, staff: Staff, version: int) -> Staff:
    """They are back, with the roles that have not ended. Raises Changed."""
    access.require(actor, verbs.STAFF_CHANGE)
    here_or_hidden(actor=actor, agency_ids=[staff.agency_id])
    _sign_in_is(staff, possible=True)
    row = change_if_current(row=staff, version=version, is_active=True)
    access.record(actor, verbs.STAFF_CHANGE, row)
    return row


@access.service
def staff_link(*, actor: Actor, staff: Staff) -> str:
    """The path at which this colleague sets their own password: works once, for three days (PASSWORD_RESET_TIMEOUT).

    Shown once, to hand over; kept nowhere. Raises NoAccount.
    """
    access.require(actor, verbs.STAFF_CHANGE)
    here_or_hidden(actor=actor, agency_ids=[staff.agency_id])
    if staff.user is None or not staff.is_active:
        raise NoAccount(_("%(name)s can’t sign in now, so there is no password to set.") % {"name": staff.name})
    where = {"uidb36": user_pk_to_url_str(staff.user), "key": default_token_generator.make_token(staff.user)}
    access.record(actor, verbs.STAFF_CHANGE, staff)
    return reverse("access:set_password", kwargs=where)


def keep_an_administrator(*, staff: Staff, at: datetime) -> None:
    """Raise LastAdministrator when nobody else of the agency is an administrator at the moment, and this one is."""
    rows = StaffRole.objects.in_force(at).filter(role=StaffRoleCode.ADMINISTRATOR, staff__is_active=True)
    keys = set(rows.filter(staff__agency=staff.agency_id).values_list("staff", flat=True))
    if keys == {staff.pk}:
        raise LastAdministrator(
            _("%(name)s is the only administrator. Give somebody else that role first.") % {"name": staff.name}
        )


def _new_staff(actor: Actor, key: UUID, name: str, email: str, job_title: str, phone: str) -> Staff:
    if User.objects.filter(email=email.strip().lower()).exists():
        raise EmailInUse(_("Someone signs in with this address already. Use another one."))
    staff: Staff = Staff.objects.create(
        agency_id=actor.agency_id,
        user=User.objects.create_user(email),
        key=key,
        name=name,
        job_title=job_title,
        phone=phone,
    )
    access.record(actor, verbs.STAFF_CHANGE, staff)
    return staff


def _sign_in_is(staff: Staff, *, possible: bool) -> None:
    if staff.user_id is not None:
        User.objects.filter(pk=staff.user_id).update(is_active=possible)
