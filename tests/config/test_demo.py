"""The invented agency: its stories hold together, its signatures are right, and the people of the design pages are there."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import models, transaction
from django.test import Client as Browser

from wayfellow.access import chain, roles
from wayfellow.access.models import AuditRow
from wayfellow.assessments import rules as scales
from wayfellow.assessments.models import Need, Response
from wayfellow.config.demo import build, cast
from wayfellow.config.demo.rows import ORDER
from wayfellow.config.demo.words import read
from wayfellow.config.management.commands import demo
from wayfellow.kernel import clock
from wayfellow.notes import rules as note_rules
from wayfellow.notes.models import Note, NoteThread
from wayfellow.people.models import Client, PossibleDuplicate
from wayfellow.people.reasons import similar_clients
from wayfellow.plans import rules as plan_rules
from wayfellow.plans.models import CarePlan, Goal, Intervention, PlanVersion
from wayfellow.programs.models import Agency, Assignment, Cover, Episode, Program, Staff, StaffRole
from wayfellow.safety.models import SafetyStep

PEOPLE = 12


def rows(model: type[Any]) -> Any:
    return model.objects.for_policy()


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker) -> Iterator[SimpleNamespace]:
    """One build for all tests here, taken back at the end."""
    at = clock.now()
    with django_db_blocker.unblock(), transaction.atomic():
        made = build(at=at, clients=PEOPLE)
        yield SimpleNamespace(made=made, at=at, renee=Staff.objects.get(name="Renee Castellanos"))
        transaction.set_rollback(True)


def client_named(name: str) -> Client:
    return rows(Client).get(chosen_name=name)


def test_there_are_three_programs_twelve_staff_and_every_role(built) -> None:
    assert Program.objects.count() == 3
    assert Program.objects.filter(is_part2=True).count() == 1
    assert Staff.objects.count() == 12
    assert set(StaffRole.objects.values_list("role", flat=True)) == set(roles.roles()) - {"importer"}
    assert rows(Client).count() == PEOPLE


def test_everyone_signs_in_with_the_password_that_is_printed(built) -> None:
    assert len(built.made.sign_ins) == 12
    for one in built.made.sign_ins:
        person = Staff.objects.get(user__email=one.email)

        assert person.user.check_password(built.made.password)


def test_every_signed_note_has_the_hash_of_what_was_signed(built) -> None:
    threads: dict[UUID, list[UUID]] = {}
    for note_id, intervention_id in rows(NoteThread).values_list("note", "intervention"):
        threads.setdefault(note_id, []).append(intervention_id)

    for note in rows(Note).filter(signed_at__isnull=False):
        text = note_rules.canonical_text(
            note.content,
            client_id=note.client_id,
            author_id=note.author_id,
            threads=threads.get(note.pk, []),
            signed_name=note.signed_name,
        )
        assert note.content_hash == note_rules.content_hash(text)
    assert rows(Note).filter(signed_at=None).exists()


def test_a_note_serves_what_was_being_done_that_day_in_the_same_stay(built) -> None:
    for thread in rows(NoteThread).select_related("note", "intervention"):
        note, action = thread.note, thread.intervention

        assert note.client_id == action.client_id == thread.client_id
        assert note.episode_id == action.episode_id
        assert action.created_at <= note.happened_at
        assert action.ended_at is None or action.ended_at > note.happened_at


def test_every_version_of_a_plan_has_the_hash_of_its_content_and_the_plan_knows_its_newest(built) -> None:
    for version in rows(PlanVersion).select_related("plan"):
        assert version.content_hash == plan_rules.content_hash(version.content)
        assert version.number <= version.plan.signed_number
    for plan in rows(CarePlan).filter(signed_number__gt=0):
        newest = rows(PlanVersion).get(plan=plan, number=plan.signed_number)

        assert (newest.signed_at, newest.review_date) == (plan.signed_at, plan.review_date)


def test_every_total_is_the_one_of_the_published_rule(built) -> None:
    for response in rows(Response):
        instrument = scales.instruments()[response.instrument]
        found = scales.score(instrument, response.answers)

        assert (response.total, response.band) == (found.total, found.band)


def test_an_answer_about_self_harm_never_stands_without_its_safety_step(built) -> None:
    telling = {
        response.pk
        for response in rows(Response)
        if scales.tells_of_self_harm(scales.instruments()[response.instrument], response.answers)
    }

    assert telling
    assert telling == set(rows(SafetyStep).filter(why="answer").values_list("response_id", flat=True))


def test_nothing_has_happened_in_the_future(built) -> None:
    for model in ORDER:
        moments = [
            field.name
            for field in model._meta.get_fields()
            if isinstance(field, models.DateTimeField) and field.name not in ("ends_at",)
        ]
        for moment in moments:
            assert not rows(model).filter(**{f"{moment}__gt": built.at}).exists(), (model.__name__, moment)


def test_the_audit_holds_and_knows_everybody(built) -> None:
    for number in chain.chains():
        count, broken = chain.verify(number)

        assert count
        assert broken is None
    known = set(AuditRow.objects.exclude(client_id=None).values_list("client_id", flat=True))
    assert known >= set(rows(Client).values_list("pk", flat=True))


def test_no_sentence_has_a_hole_in_it(built) -> None:
    written = [str(value) for model in ORDER for row in rows(model).values() for value in row.values()]

    assert not [
        text for text in written if "{" in text and any(f"{{{name}}}" in text for name in ("name", "they", "what"))
    ]
    assert not [text for text in written if "{They}" in text or "{their}" in text.lower() or "{quote}" in text]


def test_marisol_vega_is_as_the_design_pages_show_her(built) -> None:
    mari, today = client_named("Mari Vega"), clock.local_date(built.at, "America/New_York")

    needs = list(rows(Need).filter(client=mari).order_by("place").values_list("title", flat=True))

    assert needs == ["A home that holds", "Steadier sleep and mood", "Work that fits"]
    assert rows(CarePlan).get(client=mari).review_date == today
    assert rows(Response).filter(client=mari, instrument="phq-9").order_by("-taken_at")[0].total == 9
    assert rows(Goal).filter(client=mari, need__isnull=True).count() == 0


def test_delphine_had_a_crisis_last_sunday_and_her_step_is_open(built) -> None:
    step = rows(SafetyStep).get(client=client_named("Delphine Okafor"))

    opened = clock.local(step.opened_at, "America/New_York")
    assert opened.weekday() == 6
    assert (built.at - step.opened_at).days <= 7
    assert step.closed_at is None


def test_some_threads_have_gaps_and_some_people_wait(built) -> None:
    assert rows(Intervention).filter(staff_id=None, who="").exists()
    assert (
        rows(Need).filter(closed_at=None).exclude(pk__in=rows(Goal).filter(need__isnull=False).values("need")).exists()
    )
    waiting = rows(Episode).filter(status="waiting")
    assert waiting.exists()
    assert not rows(Assignment).filter(episode__in=waiting).exists()
    assert rows(Episode).filter(status="closed").exists()


def test_someone_who_waits_is_here_twice_as_the_product_itself_would_find(built) -> None:
    found = rows(PossibleDuplicate).get()

    assert similar_clients(found.client) == [(found.other_id, found.because)]
    assert not rows(Episode).filter(client=found.other_id, program__is_part2=False).exists()


def test_tess_is_away_and_renee_covers(built) -> None:
    cover = Cover.objects.in_force(built.at).get()

    assert (cover.covered.name, cover.covering.name) == ("Tess Brandvold", "Renee Castellanos")


def test_renee_sees_her_day_her_people_and_each_of_their_stories(built) -> None:
    browser = Browser()
    browser.force_login(built.renee.user)
    mine = set(rows(Assignment).filter(staff=built.renee, ends_at=None).values_list("client", flat=True))

    assert browser.get("/").status_code == 200
    assert "Mari Vega" in browser.get("/clients/").content.decode()
    for client_id in mine:
        assert browser.get(f"/clients/{client_id}/").status_code == 200


def test_everybody_else_gets_their_first_page(built) -> None:
    for one in built.made.sign_ins:
        browser = Browser()
        browser.force_login(Staff.objects.get(user__email=one.email).user)

        assert browser.get("/").status_code == 200, one.email


# Without the shared build ---------------------------------------------------------------------------------------------


def content() -> dict[str, list[Any]]:
    """All rows but what is sealed with a chance number, or a sign-in's hash."""
    left_out = {"value_sealed", "lines_sealed"}
    return {
        model.__name__: [
            {name: value for name, value in row.items() if name not in left_out}
            for row in rows(model).order_by("pk").values()
        ]
        for model in ORDER
    }


def built_and_taken_back(at: datetime, **options: Any) -> dict[str, list[Any]]:
    with transaction.atomic():
        build(at=at, **options)
        found = content()
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
def test_the_same_day_gives_the_same_agency_at_any_hour_of_it() -> None:
    morning, night = datetime(2026, 3, 9, 12, 5, tzinfo=UTC), datetime(2026, 3, 10, 3, 50, tzinfo=UTC)

    first, second = built_and_taken_back(morning, clients=6), built_and_taken_back(night, clients=6)

    assert first == second


@pytest.mark.django_db
def test_another_seed_gives_other_stories() -> None:
    at = datetime(2026, 3, 9, 12, 5, tzinfo=UTC)

    first, second = built_and_taken_back(at, clients=2), built_and_taken_back(at, clients=2, seed="another")

    assert first["Note"] != second["Note"]


@pytest.mark.django_db
def test_an_agency_that_begins_has_staff_and_nobody_else() -> None:
    build(at=clock.now(), clients=0)

    assert Staff.objects.count() == 12
    assert not rows(Client).exists()
    assert Agency.objects.count() == 1


def test_one_worker_can_have_five_hundred_people_with_names_of_their_own() -> None:
    everybody = cast.people(clients=500, caseload=500, seed="wayfellow")

    assert len({person.name for person in everybody}) == 500
    assert {person.worker for person in everybody} == {"renee"}


def test_the_usual_agency_has_thirty_eight_for_renee_and_all_kinds_of_people() -> None:
    everybody = cast.people(clients=220, caseload=None, seed="wayfellow")

    assert sum(person.worker == "renee" for person in everybody) == 38
    assert {person.status for person in everybody} == {"open", "waiting", "closed"}
    assert sum("twoprograms" in person.flags for person in everybody) >= 3
    assert max(person.days for person in everybody) > 5 * 365
    assert any(person.age < cast.ADULT for person in everybody)


@pytest.fixture
def demo_settings(db, settings, monkeypatch) -> None:
    settings.WAYFELLOW_DEMO = True
    monkeypatch.setattr(demo, "static_collected", lambda: False)


def test_the_command_makes_the_agency_once_and_says_how_to_sign_in(demo_settings) -> None:
    first, second = StringIO(), StringIO()

    call_command("demo", no_serve=True, clients=1, stdout=first)
    call_command("demo", no_serve=True, clients=3, stdout=second)

    assert rows(Client).count() == 1
    assert "Invented 1 person" in first.getvalue()
    assert "Invented" not in second.getvalue()
    for said in (first.getvalue(), second.getvalue()):
        assert "renee@demo.example" in said
        assert read("agency")["password"] in said


def test_the_command_leaves_another_agencys_database_alone(demo_settings) -> None:
    Agency.objects.create(name="Somebody else")

    with pytest.raises(CommandError, match="Another agency lives in this database"):
        call_command("demo", no_serve=True)

    assert not Staff.objects.exists()


def test_a_fresh_start_throws_nobody_elses_agency_away(demo_settings) -> None:
    Agency.objects.create(name="Somebody else")

    with pytest.raises(CommandError):
        call_command("demo", no_serve=True, fresh=True)

    assert Agency.objects.get().name == "Somebody else"


@pytest.mark.django_db
def test_the_command_refuses_outside_the_demos_settings() -> None:
    with pytest.raises(CommandError, match="demo’s own settings"):
        call_command("demo", no_serve=True)


def test_the_command_refuses_fewer_people_than_none(demo_settings) -> None:
    with pytest.raises(CommandError, match="0 or more"):
        call_command("demo", no_serve=True, clients=-1)
