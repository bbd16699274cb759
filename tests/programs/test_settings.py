"""Setting an agency up: sites, programs, teams, staff, roles, supervision, management."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client as Browser

from tests.factories import programs as make
from wayfellow.access.errors import AccessDenied, Hidden
from wayfellow.access.models import AuditRow, User
from wayfellow.access.work import work as access_work
from wayfellow.kernel import clock
from wayfellow.kernel.ids import new_id
from wayfellow.kernel.refusal import Changed
from wayfellow.programs import selectors, services
from wayfellow.programs.models import Agency, Program, Site, Staff, StaffRole, Team
from wayfellow.programs.services import changing

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return make.agency()


@pytest.fixture
def administrator(agency):
    return make.staff(agency, "administrator")


@pytest.fixture
def actor(administrator):
    return make.actor(administrator)


@pytest.fixture
def worker(agency):
    return make.staff(agency)


def invite(actor, **fields):
    values = {"key": new_id(), "name": "Ada Moss", "email": "Ada@Example.org", "roles": ["nurse"], "at": clock.now()}
    return services.staff_invite(actor=actor, **(values | fields))


def roles_of(staff, at=None):
    return selectors.role_codes(staff=staff, at=at or clock.now())


# The agency and its parts --------------------------------------------------------------------------------------------


def test_each_part_is_added_once_for_a_form_sent_twice(actor):
    key = new_id()
    for _ in range(2):
        site = services.site_add(actor=actor, key=key, name="Main Street")
        program = services.program_add(actor=actor, key=key, name="Harbor House", kind="housing", site=site)
        team = services.team_add(actor=actor, program=program, key=key, name="Team A")

    assert (Site.objects.count(), Program.objects.count(), Team.objects.count()) == (1, 1, 1)
    assert (program.site, team.program) == (site, program)
    assert AuditRow.objects.filter(verb="programs.settings.change").count() == 6


def test_each_part_changes_and_the_second_of_two_people_is_told(actor, agency):
    program = make.program(agency)
    changes = {"actor": actor, "program": program, "version": 1, "kind": "icm"}

    services.program_change(**changes, name="New name")
    with pytest.raises(Changed) as refusal:
        services.program_change(**changes, name="Other name")

    assert refusal.value.theirs.name == "New name"
    assert Program.objects.get().version == 2


def test_an_agency_has_a_real_time_zone(actor, agency):
    services.agency_change(actor=actor, agency=agency, version=1, name="Harbor", timezone="America/Denver")
    assert Agency.objects.get().timezone == "America/Denver"

    with pytest.raises(services.NoSuchTimeZone):
        services.agency_change(actor=actor, agency=agency, version=2, name="Harbor", timezone="Mars/North")


def test_a_part_2_program_stays_one(actor, agency):
    program = make.program(agency, is_part2=True)

    assert services.program_add(actor=actor, key=new_id(), name="Quiet Harbor", kind="sud").is_part2
    with pytest.raises(services.Part2Stays):
        services.program_change(actor=actor, program=program, version=1, name="x", kind="icm", is_part2=False)


def test_another_agencys_parts_are_missing_ones(actor):
    elsewhere = make.agency()
    program = make.program(elsewhere)

    for attempt in (
        lambda: services.agency_change(actor=actor, agency=elsewhere, version=1, name="x", timezone="UTC"),
        lambda: services.program_change(actor=actor, program=program, version=1, name="x", kind="icm"),
        lambda: services.team_add(actor=actor, program=program, key=new_id(), name="x"),
        lambda: selectors.program(actor=actor, program_id=program.pk),
        lambda: services.staff_change(actor=actor, staff=make.staff(elsewhere), version=1, name="x"),
        lambda: services.staff_link(actor=actor, staff=make.staff(elsewhere)),
        lambda: services.role_grant(actor=actor, staff=make.staff(elsewhere), role="nurse", starts_at=clock.now()),
    ):
        with pytest.raises(Hidden):
            attempt()


def test_only_an_administrator_sets_things_up(agency, worker):
    for attempt in (
        lambda actor: services.site_add(actor=actor, key=new_id(), name="x"),
        lambda actor: invite(actor),
        lambda actor: services.role_grant(actor=actor, staff=worker, role="supervisor", starts_at=clock.now()),
        lambda actor: services.staff_link(actor=actor, staff=worker),
    ):
        for who in (worker, make.staff(agency, "supervisor"), make.staff(agency, "program_manager")):
            with pytest.raises(AccessDenied):
                attempt(make.actor(who))


# Staff ---------------------------------------------------------------------------------------------------------------


def test_a_colleague_is_invited_without_a_password(actor):
    key = new_id()

    first, second = invite(actor, key=key), invite(actor, key=key)

    assert first == second
    assert first.user.email == "ada@example.org"
    assert not first.user.has_usable_password()
    assert roles_of(first) == {"nurse"}


def test_an_address_is_used_once(actor):
    invite(actor)

    with pytest.raises(services.EmailInUse):
        invite(actor, email="ada@example.ORG ")


def test_a_link_sets_a_password_once(actor):
    person = invite(actor)
    link = services.staff_link(actor=actor, staff=person)

    answer = Browser().post(link, {"password": "seven quiet herons"}, follow=True)

    assert answer.status_code == 200
    assert User.objects.get(pk=person.user_id).check_password("seven quiet herons")
    Browser().post(link, {"password": "eleven loud herons"}, follow=True)
    assert not User.objects.get(pk=person.user_id).check_password("eleven loud herons")


def test_whoever_leaves_is_signed_out_at_the_next_request_and_can_come_back(actor, worker):
    browser = Browser()
    browser.force_login(worker.user)
    assert browser.get("/cover/").status_code == 200

    services.staff_deactivate(actor=actor, staff=worker, version=1, at=clock.now())

    assert browser.get("/cover/").status_code == 302
    with pytest.raises(services.NoAccount):
        services.staff_link(actor=actor, staff=worker)
    services.staff_reactivate(actor=actor, staff=worker, version=2)
    assert Staff.objects.get(pk=worker.pk).is_active
    assert User.objects.get(pk=worker.user_id).is_active


def test_the_last_administrator_stays(actor, administrator, agency):
    role = StaffRole.objects.get(staff=administrator)
    with pytest.raises(services.LastAdministrator):
        services.staff_deactivate(actor=actor, staff=administrator, version=1, at=clock.now())
    with pytest.raises(services.LastAdministrator):
        services.role_end(actor=actor, role=role, at=clock.now())

    make.staff(agency, "administrator")
    services.role_end(actor=actor, role=role, at=clock.now())
    assert roles_of(administrator) == set()


# Dated facts ---------------------------------------------------------------------------------------------------------


def test_a_role_counts_from_its_first_moment_to_its_last(actor, worker):
    now = clock.now()
    starts, ends = now + timedelta(days=1), now + timedelta(days=3)

    role = services.role_grant(actor=actor, staff=worker, role="nurse", starts_at=starts, ends_at=ends)

    assert "nurse" not in roles_of(worker, now)
    assert "nurse" in roles_of(worker, starts)
    assert "nurse" not in roles_of(worker, ends)
    services.role_end(actor=actor, role=role, at=now)
    assert "nurse" not in roles_of(worker, starts)


def test_a_role_that_runs_is_not_given_twice(actor, worker):
    one, two = (services.role_grant(actor=actor, staff=worker, role="nurse", starts_at=clock.now()) for _ in range(2))

    assert one.pk == two.pk


def test_a_period_that_ends_before_it_begins_is_refused(actor, worker):
    now = clock.now()

    with pytest.raises(services.EndsBeforeStart):
        services.role_grant(actor=actor, staff=worker, role="nurse", starts_at=now, ends_at=now)


def test_supervising_needs_the_role_and_another_person(actor, agency, worker):
    supervisor = make.staff(agency, "supervisor")
    start = {"actor": actor, "supervised": worker, "starts_at": clock.now()}

    with pytest.raises(services.RoleMissing):
        services.supervision_start(**start, supervisor=make.staff(agency))
    with pytest.raises(services.OfThemselves):
        services.supervision_start(**start, supervisor=worker)
    row = services.supervision_start(**start, supervisor=supervisor)
    person = make.client_of(worker)
    assert [episode.client for episode in selectors.supervised_episodes(actor=make.actor(supervisor))] == [person]
    services.supervision_end(actor=actor, supervision=row, at=clock.now())
    assert selectors.supervised_episodes(actor=make.actor(supervisor)) == []


def test_managing_and_being_on_a_team_start_and_end(actor, agency, worker):
    program, manager = make.program(agency, has_shared_caseload=True), make.staff(agency, "program_manager")
    with pytest.raises(services.RoleMissing):
        services.management_start(actor=actor, program=program, staff=worker, starts_at=clock.now())
    management = services.management_start(actor=actor, program=program, staff=manager, starts_at=clock.now())
    team = services.team_add(actor=actor, program=program, key=new_id(), name="A")
    membership = services.team_join(actor=actor, team=team, staff=worker, starts_at=clock.now())

    line = selectors.program(actor=make.actor(make.staff(agency, "administrator")), program_id=program.pk)
    assert ([row.staff for row in line.managers], list(line.teams)) == ([manager], [team])

    services.team_leave(actor=actor, membership=membership, at=clock.now())
    services.management_end(actor=actor, management=management, at=clock.now())
    later = make.actor(make.staff(agency, "administrator"))
    assert selectors.memberships(actor=later, team=team) == []
    assert selectors.program(actor=later, program_id=program.pk).managers == ()


# The command ---------------------------------------------------------------------------------------------------------


def create(*more, name="Riverbend", timezone="America/Chicago", email="lee@example.org"):
    out = io.StringIO()
    call_command("create_agency", name, *more, timezone=timezone, email=email, stdout=out)
    return out.getvalue()


def test_an_agency_starts_from_the_command_line():
    said = create("--administrator=Lee Park", "--address=https://care.example.org/")

    staff = Staff.objects.get(agency__name="Riverbend")
    assert (staff.name, roles_of(staff)) == ("Lee Park", {"administrator"})
    link = next(word for word in said.split() if word.startswith("https://care.example.org/sign-in/"))
    assert Browser().get(link.removeprefix("https://care.example.org")).status_code == 200
    assert set(AuditRow.objects.values_list("agency_id", flat=True)) == {staff.agency_id}


def test_a_password_can_come_by_the_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("seven quiet herons\n"))

    create("--password-stdin")

    assert User.objects.get().check_password("seven quiet herons")


@pytest.mark.parametrize("wrong", [{"name": " "}, {"email": "lee"}])
def test_what_is_missing_is_said_in_one_line(wrong):
    with pytest.raises(CommandError):
        create(**wrong)
    assert not Agency.objects.exists()


def test_a_weak_password_an_unknown_zone_and_a_used_address_make_nothing(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    with pytest.raises(services.WeakPassword):
        create("--password-stdin")
    with pytest.raises(services.NoSuchTimeZone):
        create(timezone="Riverbend")
    create()
    with pytest.raises(services.EmailInUse):
        create(name="Second")
    assert Agency.objects.count() == 1


def test_only_the_system_makes_an_agency(actor):
    with pytest.raises(AccessDenied):
        services.agency_create(
            actor=actor,
            name="x",
            timezone="UTC",
            administrator_name="x",
            administrator_email="x@example.org",
            at=actor.at,
        )


# Two at the same moment ----------------------------------------------------------------------------------------------


def test_what_another_request_made_meanwhile_is_the_answer(actor, agency):
    first = services.site_add(actor=actor, key=new_id(), name="Main Street")
    seen = iter([None, first])  # not there at the first look, there once the database has refused the second row

    with access_work(actor):
        found = changing.make_once(
            look=lambda: next(seen), make=lambda: Site.objects.create(agency=agency, key=first.key, name="Again")
        )

    assert found == first
    assert Site.objects.count() == 1


def test_a_key_of_a_row_that_cannot_be_found_answers_like_a_missing_one(actor, agency):
    first = services.site_add(actor=actor, key=new_id(), name="Main Street")

    with pytest.raises(Hidden), access_work(actor):
        changing.make_once(
            look=lambda: None, make=lambda: Site.objects.create(agency=agency, key=first.key, name="Again")
        )


def test_the_audit_says_who_was_given_which_role(agency):
    administrator, colleague = make.staff(agency, "administrator"), make.staff(agency)
    actor = make.actor(administrator)

    row = services.role_grant(actor=actor, staff=colleague, role="supervisor", starts_at=actor.at)

    told = AuditRow.objects.get(verb="programs.staff.change", staff_id=administrator.pk)
    assert (told.record_type, told.record_id, told.client_id) == ("programs.staffrole", row.pk, None)
