"""The guards are killed one by one, and each time a check must notice. What no check notices guards nothing.

Each seam names what is taken away, and the check that must then fail. The same check passes while the guard lives.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Q
from django.http import HttpResponse
from django.test import Client as Browser
from django.test import RequestFactory
from django.urls import reverse

from tests.factories import made, people
from tests.factories import programs as make
from tests.guards import world as worlds
from wayfellow import access
from wayfellow.access import chain, drafts, guarded, marks, middleware, policy, roles, secrets, work
from wayfellow.access import models as access_models
from wayfellow.access.errors import GuardBypass, NoActor, Unaudited
from wayfellow.access.models import AuditRow
from wayfellow.assessments import verbs as assessment_verbs
from wayfellow.kernel import clock
from wayfellow.people import verbs
from wayfellow.people.models import Client, Phone
from wayfellow.programs import models as program_models
from wayfellow.programs import reasons as program_reasons
from wayfellow.programs.models import Episode, Program

pytestmark = pytest.mark.django_db
Monkeypatch = pytest.MonkeyPatch


@pytest.fixture
def world(db):
    return worlds.build()


def signed_in(staff: Any) -> Browser:
    browser = Browser()
    browser.force_login(staff.user)
    return browser


# What must hold -----------------------------------------------------------------------------------------------------


def strangers_have_empty_lists(world):
    for name in ("other agency", "unassigned", "administrator"):
        assert not Client.objects.for_actor(make.actor(world.actors[name])).exists(), name


def strangers_may_not_open_a_record(world):
    for name in ("other agency", "unassigned", "administrator"):
        assert not policy.may(make.actor(world.actors[name]), verbs.NAME_READ, world.client.pk), name


def a_conflict_block_hides_from_pages(world):
    assert not policy.may(make.actor(world.actors["conflict-blocked"]), verbs.NAME_READ, world.client.pk)


def a_conflict_block_hides_from_lists(world):
    assert not Client.objects.for_actor(make.actor(world.actors["conflict-blocked"])).exists()


def cover_ends_at_its_end(world):
    assert not policy.may(make.actor(world.actors["cover expired"]), verbs.NAME_READ, world.client.pk)


def an_assignment_ends_at_its_end(world):
    former = make.staff(world.agency)
    make.assignment(former, world.episode, kind="secondary", ends_at=clock.now() - timedelta(minutes=1))
    assert not policy.may(make.actor(former), verbs.NAME_READ, world.client.pk)


def a_part_2_episode_is_hidden_without_a_reason_of_its_own(world):
    secret = make.episode(world.client, make.program(world.agency, is_part2=True))
    actor = make.actor(world.worker)
    assert secret not in list(Episode.objects.for_actor(actor))
    assert not policy.may(actor, verbs.NAME_READ, secret)


def an_emergency_puts_nobody_on_a_list(world):
    assert not Client.objects.for_actor(make.actor(world.actors["break-glass"])).exists()


def a_program_manager_reads_no_content(world):
    manager = make.actor(world.actors["program manager"])
    assert not policy.may(manager, assessment_verbs.NEED_READ, world.client.pk)


def a_page_about_a_client_leaves_a_row(world):
    before = AuditRow.objects.filter(client_id=world.client.pk, outcome="done").count()
    signed_in(world.worker).get(reverse("desk:story", args=[world.client.pk]))
    assert AuditRow.objects.filter(client_id=world.client.pk, outcome="done").count() > before


def a_refused_try_leaves_a_row(world):
    rows = AuditRow.objects.filter(outcome="refused", staff_id=world.actors["unassigned"].pk)
    before = rows.count()
    signed_in(world.actors["unassigned"]).get(reverse("desk:story", args=[world.client.pk]))
    assert rows.count() == before + 1


def a_write_leaves_a_row(world):
    @access.service
    def phone_add(*, actor):
        access.record(
            actor, verbs.CLIENT_CHANGE, Phone.objects.for_writing(actor).create(client=world.client, number="1")
        )

    rows = AuditRow.objects.filter(verb=verbs.CLIENT_CHANGE.code, client_id=world.client.pk)
    before = rows.count()
    phone_add(actor=make.actor(world.worker))
    assert rows.count() == before + 1


def a_silent_write_is_refused(world):
    @access.service
    def silent(*, actor):
        Phone.objects.for_writing(actor).create(client=world.client, number="1")

    with pytest.raises(Unaudited):
        silent(actor=make.actor(world.worker))


def a_changed_row_breaks_the_chain(world):
    """As the owner of the database could change it: past the triggers."""
    row = AuditRow.objects.order_by("chain", "seq").first()
    assert row is not None
    first = next(chain._rows_with_people(row.chain))[0]
    first.verb = "something else"
    assert first.mac != chain.mac_of(secrets.derived("audit"), first, [])


def a_view_without_a_mark_answers_403(world):
    request = RequestFactory().get("/")
    answer = middleware.MarkMiddleware(lambda request: HttpResponse()).process_view(
        request, lambda request: None, (), {}
    )
    assert answer is not None
    assert answer.status_code == 403


def after_ten_quiet_minutes_the_door_is_locked(world):
    browser = signed_in(world.worker)
    browser.get(reverse("desk:today"))
    session = browser.session
    session["seen_minute"] = int(clock.now().timestamp() // 60) - 11
    session.save()
    assert browser.get(reverse("desk:today")).status_code == 302


def nothing_runs_without_an_actor(world):
    with pytest.raises(NoActor):
        list(Client.objects.all())


def joins_over_guarded_tables_are_refused(world):
    with pytest.raises(GuardBypass):
        list(Program.objects.filter(episodes__client__chosen_name="x"))


def subqueries_on_guarded_tables_need_an_actor(world):
    with pytest.raises(NoActor):
        list(Program.objects.filter(pk__in=Episode.objects.values("program")))


def a_client_page_reads_that_client_alone(world):
    make.client_of(world.worker, world.program)
    focused = make.actor(world.worker).focused(world.client.pk)
    assert {client.pk for client in Client.objects.for_actor(focused)} == {world.client.pk}


def a_draft_is_its_authors_alone(world):
    author = make.actor(world.worker)
    drafts.save(actor=author, form="note", client_id=world.client.pk, fields={"words": ["mine"]}, at=author.at)
    assert not drafts.take(actor=make.actor(world.actors["covering"]), form="note", client_id=world.client.pk)


def a_sealed_field_is_not_its_text(world):
    assert "12 Elm" not in secrets.seal("12 Elm", model="people.address", key=world.client.pk, field="lines")


def hidden_is_answered_like_missing(world):
    browser = signed_in(world.actors["unassigned"])
    hidden = browser.get(reverse("desk:story", args=[world.client.pk]))
    missing = browser.get(reverse("desk:story", args=[worlds.missing_id()]))
    assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content)


def pages_about_clients_are_not_kept_by_browsers(world):
    answer = signed_in(world.worker).get(reverse("desk:story", args=[world.client.pk]))
    assert answer.get("Cache-Control") == "no-store"


def an_import_reason_serves_no_person(world):
    person = make.staff(world.agency)
    program_models.StaffRole.objects.create(staff=person, role="importer", starts_at=make.long_ago())
    assert not policy.may(make.actor(person), verbs.NAME_READ, world.client.pk)


def supervision_ends_at_its_end(world):
    former = make.staff(world.agency, "supervisor")
    make.supervision(former, world.worker, ends_at=clock.now() - timedelta(minutes=1))
    assert not policy.may(make.actor(former), verbs.NAME_READ, world.client.pk)


def an_intake_opens_for_its_author_only(world):
    someone = people.client(world.agency)
    made(people_intake(someone, world.worker))
    assert not policy.may(make.actor(world.actors["unassigned"]), verbs.NAME_READ, someone.pk)


def people_intake(client: Any, author: Any) -> Any:
    from wayfellow.kernel.ids import new_id
    from wayfellow.people.models import Intake

    now = clock.now()
    return Intake(client=client, author_id=author.pk, key=new_id(), starts_at=now, ends_at=now + timedelta(days=14))


# The seams ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Seam:
    """One guard taken away. kill: patches it. check: what must fail then."""

    kill: Callable[[Monkeypatch], None]
    check: Callable[[Any], None]


def patched(target: Any, name: str, value: Any) -> Callable[[Monkeypatch], None]:
    return lambda monkeypatch: monkeypatch.setattr(target, name, value)


def _everyone_has_an_intake(actor: Any) -> Any:
    from wayfellow.people.models import Intake

    return Intake.objects.for_policy()


def _intake_without_author(monkeypatch: Monkeypatch) -> None:
    from dataclasses import replace

    from wayfellow.access import reasons

    monkeypatch.setitem(reasons._reasons, "intake", replace(reasons._reasons["intake"], rows=_everyone_has_an_intake))


def _import_for_people(monkeypatch: Monkeypatch) -> None:
    from dataclasses import replace

    from wayfellow.access import reasons

    rows = lambda actor: Client.objects.for_policy().filter(agency_id=actor.agency_id)  # noqa: E731
    monkeypatch.setitem(reasons._reasons, "import", replace(reasons._reasons["import"], rows=rows))


def _periods_never_end(monkeypatch: Monkeypatch) -> None:
    monkeypatch.setattr(program_models.PeriodQuerySet, "in_force", lambda self, at: self)


def _drafts_of_anyone(monkeypatch: Monkeypatch) -> None:
    real = access_models.Draft.objects.filter

    def without_author(**conditions: Any) -> Any:
        conditions.pop("author_id", None)
        return real(**conditions)

    monkeypatch.setattr(access_models.Draft.objects, "filter", without_author)


def _lists_like_pages(monkeypatch: Monkeypatch) -> None:
    real = policy._useful
    monkeypatch.setattr(policy, "_useful", lambda actor, verb, lists: real(actor, verb, lists=False))


def _hidden_says_so(monkeypatch: Monkeypatch) -> None:
    real = policy.open_client

    def telling(actor: Any, verb: Any, client_id: Any) -> Any:
        if Client.objects.for_policy().filter(pk=client_id).exists() and not policy.may(actor, verb, client_id):
            raise access.AccessDenied(verb.code)
        return real(actor, verb, client_id)

    monkeypatch.setattr(policy, "open_client", telling)


def _pages_are_kept(monkeypatch: Monkeypatch) -> None:
    def without(self: Any, request: Any) -> HttpResponse:
        return self.get_response(request)

    monkeypatch.setattr(middleware.AuditMiddleware, "__call__", without)


SEAMS: dict[str, Seam] = {
    "the filter of lists": Seam(patched(policy, "scope", lambda *args, **kwargs: Q()), strangers_have_empty_lists),
    "the question before a record": Seam(
        patched(policy, "require", lambda *args, **kwargs: None), strangers_may_not_open_a_record
    ),
    "what roles may do": Seam(patched(policy, "_permits", lambda *args: True), a_program_manager_reads_no_content),
    "roles as data": Seam(patched(roles, "opens", lambda *args: True), a_program_manager_reads_no_content),
    "conflict blocks before a record": Seam(
        patched(policy.registry, "blocks", list), a_conflict_block_hides_from_pages
    ),
    "conflict blocks in lists": Seam(patched(policy.registry, "blocks", list), a_conflict_block_hides_from_lists),
    "Part 2 episodes": Seam(
        patched(policy.registry, "protected_episodes", list), a_part_2_episode_is_hidden_without_a_reason_of_its_own
    ),
    "the end of a cover": Seam(_periods_never_end, cover_ends_at_its_end),
    "the end of a supervision": Seam(_periods_never_end, supervision_ends_at_its_end),
    "the end of an assignment": Seam(
        patched(program_reasons, "in_force", lambda at, prefix="": Q()), an_assignment_ends_at_its_end
    ),
    "who wrote an intake": Seam(_intake_without_author, an_intake_opens_for_its_author_only),
    "that imports are no people": Seam(_import_for_people, an_import_reason_serves_no_person),
    "that an emergency is no list": Seam(_lists_like_pages, an_emergency_puts_nobody_on_a_list),
    "the focus of a client's page": Seam(
        patched(access.Actor, "focused", lambda self, client_id: self), a_client_page_reads_that_client_alone
    ),
    "the row of a read": Seam(patched(chain, "append_now", lambda *args: None), a_page_about_a_client_leaves_a_row),
    "the row of a refused try": Seam(patched(marks, "_refused", lambda *args: None), a_refused_try_leaves_a_row),
    "the row of a write": Seam(patched(chain, "append", lambda *args: None), a_write_leaves_a_row),
    "that a write tells the audit": Seam(patched(guarded, "touched", lambda *args: None), a_silent_write_is_refused),
    "the chain's code": Seam(
        lambda monkeypatch: (
            monkeypatch.setattr(chain, "mac_of", lambda key, row, clients: row.mac),  # type: ignore[func-returns-value]
        )[0],
        a_changed_row_breaks_the_chain,
    ),
    "marks of views": Seam(
        patched(middleware.MarkMiddleware, "process_view", lambda *args: None), a_view_without_a_mark_answers_403
    ),
    "the idle lock": Seam(
        patched(middleware.LockMiddleware, "_is_locked", lambda *args: False),
        after_ten_quiet_minutes_the_door_is_locked,
    ),
    "the guard of queries": Seam(
        patched(guarded.GuardedQuerySet, "_ready", lambda self: None), nothing_runs_without_an_actor
    ),
    "the guard of joins": Seam(
        patched(guarded.WatchedQuerySet, "_refuse_joins", lambda self: None), joins_over_guarded_tables_are_refused
    ),
    "the guard of subqueries": Seam(
        lambda monkeypatch: (
            monkeypatch.setattr(guarded.WatchedQuerySet, "_refuse_unscoped_subqueries", lambda self: None),
            monkeypatch.setattr(guarded.GuardedQuerySet, "_ready", lambda self: None),
        )[0],
        subqueries_on_guarded_tables_need_an_actor,
    ),
    "the author of a draft": Seam(_drafts_of_anyone, a_draft_is_its_authors_alone),
    "sealing": Seam(patched(secrets, "seal", lambda text, **place: text), a_sealed_field_is_not_its_text),
    "hidden like missing": Seam(_hidden_says_so, hidden_is_answered_like_missing),
    "no-store": Seam(_pages_are_kept, pages_about_clients_are_not_kept_by_browsers),
}


@pytest.mark.parametrize("name", SEAMS)
def test_a_killed_guard_is_noticed(name, world, monkeypatch):
    seam = SEAMS[name]
    seam.check(world)  # it holds while the guard lives

    seam.kill(monkeypatch)

    with pytest.raises((AssertionError, pytest.fail.Exception)):
        seam.check(world)


def test_every_check_stands_beside_a_seam():
    checks = {seam.check.__name__ for seam in SEAMS.values()}
    here = {name for name, thing in globals().items() if callable(thing) and getattr(thing, "__code__", None)
            and thing.__code__.co_varnames[:1] == ("world",) and not name.startswith("test_")}  # fmt: skip

    assert here - {"world"} <= checks
    assert work.service is access.service
