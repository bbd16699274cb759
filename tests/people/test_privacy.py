"""For the privacy lead: blocks, and who may be written down twice."""

from datetime import date, timedelta

import pytest
from django.test import Client as Browser

from tests.factories import people
from tests.factories import programs as make
from wayfellow.access.errors import AccessDenied
from wayfellow.access.models import AuditRow
from wayfellow.kernel.ids import new_id
from wayfellow.people import selectors, services
from wayfellow.people.models import Client, ConflictBlock, Intake, PossibleDuplicate

pytestmark = pytest.mark.django_db
BORN = date(1990, 1, 2)


@pytest.fixture
def worker(db):
    return make.staff(make.agency())


@pytest.fixture
def lead(worker):
    return make.staff(worker.agency, "privacy_lead")


@pytest.fixture
def client(worker):
    return make.client_of(worker)


def browser(who):
    found = Browser()
    found.force_login(who.user)
    return found


def block(lead, client, staff):
    actor = make.actor(lead).focused(client.pk)
    return services.conflict_block_add(actor=actor, client=client, staff_id=staff.pk, why="a neighbour", at=actor.at)


# Blocks --------------------------------------------------------------------------------------------------------------


def test_a_block_hides_the_person_at_once_and_its_end_shows_them_again(lead, client, worker):
    made = block(lead, client, worker)
    assert browser(worker).get(f"/clients/{client.pk}/").status_code == 404

    actor = make.actor(lead).focused(client.pk)
    services.conflict_block_end(actor=actor, block=made, at=actor.at)

    assert browser(worker).get(f"/clients/{client.pk}/").status_code == 200
    assert AuditRow.objects.filter(verb="people.block.change", record_id=made.pk).count() == 2
    with pytest.raises(services.BlockEnded):
        services.conflict_block_end(actor=actor, block=made, at=actor.at)


def test_blocking_twice_is_one_block(lead, client, worker):
    assert block(lead, client, worker) == block(lead, client, worker)
    assert ConflictBlock.objects.for_policy().count() == 1


def test_only_the_privacy_lead_blocks(client, worker):
    with pytest.raises(AccessDenied):
        block(worker, client, worker)


def test_the_page_blocks_and_ends(lead, client, worker):
    signed_in = browser(lead)
    assert signed_in.post(f"/clients/{client.pk}/blocks/", {"why": "an ex"}).status_code == 422

    assert signed_in.post(f"/clients/{client.pk}/blocks/", {"staff_id": worker.pk, "why": "an ex"}).status_code == 302
    made = ConflictBlock.objects.for_policy().get()
    shown = signed_in.get(f"/clients/{client.pk}/blocks/").content.decode()
    assert "an ex" in shown
    assert signed_in.post(f"/clients/{client.pk}/blocks/{made.pk}/end/").status_code == 302
    assert ConflictBlock.objects.for_policy().get().ends_at is not None


# Twice ---------------------------------------------------------------------------------------------------------------


def newcomer(worker, **person):
    actor = make.actor(worker)
    values = {"chosen_name": "Ines Rowe", "key": new_id()} | person
    return services.client_create(actor=actor, at=actor.at, **values)


def test_someone_new_opens_to_their_author_for_fourteen_days(worker):
    person = newcomer(worker)

    intake = Intake.objects.for_policy().get()
    assert intake.ends_at - intake.starts_at == timedelta(days=14)
    assert Client.objects.for_actor(make.actor(worker)).get() == person
    later = make.actor(worker, intake.ends_at + timedelta(minutes=1))
    assert not Client.objects.for_actor(later).exists()
    assert AuditRow.objects.filter(verb="people.client.create", record_id=person.pk, reason="intake").count() == 1


def test_the_same_key_twice_is_one_person(worker):
    key = new_id()

    assert newcomer(worker, key=key) == newcomer(worker, key=key)
    assert Client.objects.for_policy().count() == 1


@pytest.mark.parametrize(
    ("there", "new", "because"),
    [
        ({"birth_date": BORN}, {"birth_date": BORN, "chosen_name": "Ines Row"}, "name,birth_date"),
        ({}, {}, "name"),
        ({"birth_date": BORN}, {"birth_date": date(1991, 1, 2)}, None),
    ],
)
def test_whoever_may_be_here_twice_waits_for_the_privacy_lead(worker, lead, there, new, because):
    people.name_keys(people.client(worker.agency, chosen_name="Ines Rowe", **there))

    newcomer(worker, **new)

    pairs = selectors.duplicates(actor=make.actor(lead))
    assert [pair.duplicate.because for pair in pairs] == ([because] if because else [])
    assert not PossibleDuplicate.objects.for_actor(make.actor(worker)).exists()


def test_another_agencys_people_are_not_compared(worker, lead):
    people.name_keys(people.client(make.agency(), chosen_name="Ines Rowe"))

    newcomer(worker)

    assert not PossibleDuplicate.objects.for_policy().exists()


def test_the_privacy_lead_answers_on_the_page(worker, lead):
    people.name_keys(people.client(worker.agency, chosen_name="Ines Rowe"))
    person = newcomer(worker)
    row = PossibleDuplicate.objects.for_policy().get()
    signed_in = browser(lead)
    assert "Ines Rowe" in signed_in.get("/privacy/duplicates/").content.decode()

    answer = signed_in.post(f"/clients/{person.pk}/duplicates/{row.pk}/", {"outcome": "different"})

    assert (answer.status_code, answer["Location"]) == (302, "/privacy/duplicates/")
    assert "Ines Rowe" not in signed_in.get("/privacy/duplicates/").content.decode()
    assert PossibleDuplicate.objects.for_policy().get().outcome == "different"


def test_others_have_no_such_list(worker):
    for role in ("case_manager", "administrator", "program_manager"):
        assert browser(make.staff(worker.agency, role)).get("/privacy/duplicates/").status_code == 403
