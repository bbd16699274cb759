"""The screens of an administrator, of an emergency and of its review, through a browser's eyes."""

from datetime import date

import pytest
from django.test import Client as Browser

from tests.factories import people
from tests.factories import programs as make
from wayfellow.kernel import clock
from wayfellow.kernel.ids import new_id
from wayfellow.programs import services
from wayfellow.programs.models import Agency, BreakGlassRequest, Management, Program, Site, Staff, StaffRole, Team

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    return make.agency(name="Harbor Health")


@pytest.fixture
def admin(agency):
    found = Browser()
    found.force_login(make.staff(agency, "administrator").user)
    return found


def text(answer):
    return answer.content.decode()


# Administrator -------------------------------------------------------------------------------------------------------


def test_an_empty_agency_says_how_to_begin(admin):
    shown = text(admin.get("/settings/"))

    assert "Harbor Health" in shown
    assert "No programs yet." in shown


def test_everything_is_set_up_on_screen(admin, agency):
    admin.post("/settings/sites/new/", {"key": new_id(), "name": "Main Street"})
    site = Site.objects.get()
    admin.post(f"/settings/sites/{site.pk}/", {"version": 1, "name": "Main Street 4", "is_active": "on"})
    admin.post("/settings/programs/new/", {"key": new_id(), "name": "House", "kind": "housing", "site": site.pk})
    program = Program.objects.get()
    admin.post(
        f"/settings/programs/{program.pk}/change/",
        {"version": 1, "name": "Harbor House", "kind": "housing", "site": "", "is_active": "on"},
    )
    manager = make.staff(agency, "program_manager")
    admin.post(f"/settings/programs/{program.pk}/managers/", {"staff": manager.pk})
    admin.post(f"/settings/programs/{program.pk}/teams/new/", {"key": new_id(), "name": "Team A"})
    team = Team.objects.get()
    worker = make.staff(agency)
    admin.post(f"/settings/teams/{team.pk}/join/", {"staff": worker.pk})

    shown = text(admin.get(f"/settings/programs/{program.pk}/"))
    assert "Harbor House" in shown
    assert manager.name in shown
    assert worker.name in text(admin.get(f"/settings/teams/{team.pk}/"))
    assert Site.objects.get().name == "Main Street 4"


def test_the_agency_changes_and_two_administrators_see_each_other(admin):
    sent = {"version": 1, "name": "Harbor", "timezone": "America/Chicago", "on_call_phone": "555 0100"}
    assert admin.post("/settings/agency/", sent).status_code == 302

    answer = admin.post("/settings/agency/", sent | {"name": "Harbor Two"})

    assert answer.status_code == 422
    assert "What stands now" in text(answer)
    assert 'value="Harbor Two"' in text(answer)
    assert Agency.objects.get().name == "Harbor"


def test_a_new_colleague_gets_a_link_that_is_shown_once(admin):
    answer = admin.post(
        "/settings/staff/new/",
        {"key": new_id(), "name": "Ada Moss", "email": "ada@example.org", "roles": ["nurse"]},
        follow=True,
    )
    page = answer.redirect_chain[-1][0]

    assert "http://testserver/sign-in/" in text(answer)
    assert "http://testserver/sign-in/" not in text(admin.get(page))
    assert "hasn’t set a password yet" in text(admin.get("/settings/staff/"))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "Write the name"),
        ({"email": "ada"}, "not a whole e-mail address"),
        ({"roles": []}, "Choose one role at least"),
    ],
)
def test_an_invitation_says_what_is_missing(admin, wrong, says):
    sent = {"key": new_id(), "name": "Ada Moss", "email": "ada@example.org", "roles": ["nurse"]}

    answer = admin.post("/settings/staff/new/", sent | wrong)

    assert answer.status_code == 422
    assert says in text(answer)


def test_an_address_that_is_used_is_a_sentence_on_the_form(admin, agency):
    used = make.staff(agency).user.email
    answer = admin.post("/settings/staff/new/", {"key": new_id(), "name": "A", "email": used, "roles": ["nurse"]})

    assert answer.status_code == 422
    assert "signs in with this address already" in text(answer)


def test_roles_and_supervision_are_given_and_ended(admin, agency):
    worker, supervisor = make.staff(agency), make.staff(agency, "supervisor")
    home = f"/settings/staff/{worker.pk}/"
    today = clock.local_date(clock.now(), agency.timezone).isoformat()
    admin.post(f"{home}roles/new/", {"role": "nurse", "first_day": today})
    admin.post(f"{home}supervision/new/", {"supervisor": supervisor.pk, "first_day": today})
    assert supervisor.name in text(admin.get(home))

    admin.post(f"/settings/roles/{StaffRole.objects.get(role='nurse').pk}/end/")
    admin.post(f"/settings/supervision/{worker.supervised_by.get().pk}/end/")

    assert "Former roles" in text(admin.get(home))
    assert supervisor.name not in text(admin.get(home))


def test_a_button_that_is_refused_says_why(admin, agency):
    role = StaffRole.objects.get(role="administrator")

    answer = admin.post(f"/settings/roles/{role.pk}/end/", follow=True)

    assert "is the only administrator" in text(answer)
    assert StaffRole.objects.get(pk=role.pk).ends_at is None


def test_someone_leaves_and_comes_back(admin, agency):
    worker = make.staff(agency)
    home = f"/settings/staff/{worker.pk}/"

    admin.post(f"{home}leave/", {"version": 1})
    assert "Works here no more." in text(admin.get(home))
    admin.post(f"{home}return/")

    assert Staff.objects.get(pk=worker.pk).is_active


def test_a_management_ends(admin, agency):
    row = make.management(make.staff(agency, "program_manager"), make.program(agency))

    admin.post(f"/settings/managers/{row.pk}/end/")

    assert not Management.objects.in_force(clock.now()).exists()


def test_settings_cost_the_same_for_few_and_many(admin, agency, django_assert_max_num_queries):
    for _ in range(15):
        make.membership(make.staff(agency), make.program(agency))
    admin.get("/settings/")

    with django_assert_max_num_queries(16):
        admin.get("/settings/")
    with django_assert_max_num_queries(12):
        admin.get("/settings/staff/")


def test_settings_are_an_administrators(agency):
    browser = Browser()
    browser.force_login(make.staff(agency, "supervisor").user)

    assert browser.get("/settings/").status_code == 403
    assert browser.get("/settings/staff/").status_code == 403


# Emergency -----------------------------------------------------------------------------------------------------------

ASKED = {"name": "Zoe Arbol", "birth_date": "1984-03-09", "why": "The hospital called"}


@pytest.fixture
def person(agency):
    return people.client(agency, chosen_name="Zoe Arbol", birth_date=date(1984, 3, 9))


def ask(who, **sent):
    browser = Browser()
    browser.force_login(who.user)
    return browser.post("/emergency/", ASKED | {"key": new_id()} | sent)


def test_the_answer_is_the_same_bytes_for_a_match_none_and_a_block(agency, person):
    blocked = make.staff(agency)
    people.conflict_block(person, blocked)
    answers = [ask(make.staff(agency)), ask(make.staff(agency), name="Nobody"), ask(blocked)]

    assert {(answer.status_code, answer["Location"], answer.content) for answer in answers} == {(302, "/", b"")}
    said = {answer.cookies["messages"].value.split(":")[0] for answer in answers if "messages" in answer.cookies}
    assert len(said) <= 1
    assert [request.was_opened for request in BreakGlassRequest.objects.order_by("at")] == [True, False, False]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "Write the full name and the birth date"),
        ({"birth_date": ""}, "Write the full name and the birth date"),
        ({"birth_date": "March"}, "year-month-day"),
        ({"why": ""}, "Say in your own words"),
        ({"is_medical_emergency": "on", "nature": "x"}, "Say who will be told"),
    ],
)
def test_what_is_missing_is_said_before_anything_is_recorded(agency, person, wrong, says):
    answer = ask(make.staff(agency), **wrong)

    assert answer.status_code == 422
    assert says in text(answer)
    assert not BreakGlassRequest.objects.exists()


def test_a_fourth_try_of_the_day_is_refused_in_words(agency, person):
    who = make.staff(agency)
    for _ in range(3):
        ask(who)

    answer = ask(who)

    assert answer.status_code == 422
    assert "asked three times today" in text(answer)


def test_the_privacy_lead_reviews_on_screen(agency, person):
    ask(make.staff(agency))
    lead = Browser()
    lead.force_login(make.staff(agency, "privacy_lead").user)
    request = BreakGlassRequest.objects.get()
    assert "Zoe Arbol" in text(lead.get("/privacy/emergency/"))
    assert "The hospital called" in text(lead.get(f"/privacy/emergency/{request.pk}/"))

    assert lead.post(f"/privacy/emergency/{request.pk}/", {"outcome": "needed"}).status_code == 422
    lead.post(f"/privacy/emergency/{request.pk}/", {"outcome": "needed", "words": "Yes."})

    assert "Nothing to look at." in text(lead.get("/privacy/emergency/"))
    assert "It was needed" in text(lead.get("/privacy/emergency/?show=done"))


def test_the_review_list_costs_the_same_for_one_and_for_twenty(agency, django_assert_max_num_queries):
    for number in range(20):
        someone = people.client(agency, chosen_name=f"Someone {number}", birth_date=date(1980, 1, 2))
        services.break_glass(
            actor=make.actor(make.staff(agency)),
            key=new_id(),
            at=clock.now(),
            name=someone.chosen_name,
            birth_date=date(1980, 1, 2),
            why="-",
        )
    lead = Browser()
    lead.force_login(make.staff(agency, "privacy_lead").user)
    lead.get("/privacy/emergency/")

    with django_assert_max_num_queries(16):
        lead.get("/privacy/emergency/")
