"""Details: each row is written, changed and taken away by those who work with the person."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from tests.factories import people
from tests.factories import programs as make
from wayfellow.access.errors import AccessDenied, Hidden
from wayfellow.access.models import AuditRow
from wayfellow.kernel.ids import new_id
from wayfellow.kernel.refusal import Changed
from wayfellow.people import selectors, services
from wayfellow.people.models import Address, Client, Phone, PossibleDuplicate

pytestmark = pytest.mark.django_db
SHELTER = "17 Quiet Road"


@pytest.fixture
def worker(db):
    return make.staff(make.agency())


@pytest.fixture
def client(worker):
    return make.client_of(worker, chosen_name="Maribel")


@pytest.fixture
def here(worker, client):
    """The worker on the client's page."""
    return make.actor(worker).focused(client.pk)


def browser(who):
    found = Browser()
    found.force_login(who.user)
    return found


def page_of(client, name="details", **keys):
    return reverse(f"people:{name}", kwargs={"client_id": client.pk, **keys})


def phone(actor, client, **more):
    values = {"key": new_id(), "number": "555-0199", "kind": "mine", "can_text": "yes", "is_preferred": True}
    return services.phone_write(actor=actor, client=client, **(values | more))


def address(actor, client, **more):
    values = {"use": "home", "lines": SHELTER, "city": "Harbor", "region": "", "postal_code": "", "key": new_id()}
    return services.address_write(actor=actor, client=client.acting(actor), at=actor.at, **(values | more))


def identifier(actor, client, **more):
    values = {"key": new_id(), "system": "Medicaid", "label": "Medicaid", "value": "AB-1234567", "at": actor.at}
    return services.identifier_add(actor=actor, client=client, **(values | more))


# Who they are --------------------------------------------------------------------------------------------------------


def test_a_changed_name_is_found_and_the_old_one_is_not(here, client, worker):
    people.name_keys(client)

    services.client_change(actor=here, client=client, version=1, at=here.at, chosen_name="Robin")

    actor = make.actor(worker)
    assert selectors.clients_named(actor=actor, words="Robin") == [client]
    assert selectors.clients_named(actor=actor, words="Maribel") == []
    assert AuditRow.objects.filter(verb="people.client.change", client_id=client.pk).exists()


def test_what_they_want_carries_the_moment_it_was_said(here, client):
    services.client_change(actor=here, client=client, version=1, at=here.at, own_words="A key of my own")

    assert client.own_words_at == here.at


def test_the_second_of_two_writers_is_told(here, client):
    services.client_change(actor=here, client=client, version=1, at=here.at, pronouns="she/her")

    with pytest.raises(Changed):
        services.client_change(actor=here, client=client, version=1, at=here.at, pronouns="they/them")


def test_the_second_of_two_writers_sees_both_and_keeps_theirs(worker, client):
    signed_in = browser(worker)
    sent = {
        "version": 1, "chosen_name": "Maribel", "pronouns": "she/her", "interpreter": "unknown",
        "contact_way": "unknown", "is_safe_to_leave_message": "unknown",
    }  # fmt: skip
    assert signed_in.post(page_of(client, "client_change"), sent).status_code == 302

    answer = signed_in.post(page_of(client, "client_change"), sent | {"pronouns": "they/them"})

    assert answer.status_code == 422
    assert 'value="they/them"' in answer.content.decode()
    assert signed_in.post(page_of(client, "client_change"), sent | {"version": 2}).status_code == 302


def test_nobody_else_changes_them(client):
    colleague = make.actor(make.staff(make.agency()))

    with pytest.raises(Hidden):
        services.client_change(actor=colleague, client=client, version=1, at=colleague.at, chosen_name="X")


def test_a_peer_supporter_reads_and_does_not_change(worker, client):
    peer = make.staff(worker.agency, "peer_support")
    make.assignment(peer, client.episodes.for_policy().get(), kind="secondary")
    here = make.actor(peer).focused(client.pk)

    with pytest.raises(AccessDenied):
        phone(here, client)


# Rows of details -----------------------------------------------------------------------------------------------------


def test_the_same_form_twice_is_one_number(here, client):
    key = new_id()

    first, second = phone(here, client, key=key), phone(here, client, key=key, number="555-0198")

    assert first == second
    assert [row.number for row in Phone.objects.for_policy()] == ["555-0198"]
    assert AuditRow.objects.filter(verb="people.client.change", record_id=first.pk).count() == 2


def test_a_key_of_someone_elses_row_changes_nothing(here, client, worker):
    other = people.phone(make.client_of(worker))

    with pytest.raises(Hidden):
        phone(here, client, key=other.pk)
    assert Phone.objects.for_policy().get().number == other.number


def test_taken_away_twice_it_is_simply_gone(worker, client):
    row = people.phone(client)
    signed_in = browser(worker)

    answers = [signed_in.post(page_of(client, "phone_remove", phone_id=row.pk)) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert not Phone.objects.for_policy().exists()


def test_what_is_left_out_is_said_at_its_field(worker, client):
    for name in ("phone_write", "email_write", "address_write", "identifier_add", "allergy_write"):
        answer = browser(worker).post(page_of(client, name), {"key": new_id(), "use": "home"})

        assert answer.status_code == 422, name
        assert "aria-invalid" in answer.content.decode(), name


def test_an_allergy_that_was_none_leaves_the_list_and_the_row_stays(here, client):
    row = people.allergy(client)

    services.allergy_end(actor=here, allergy=row)

    assert selectors.allergies(actor=here) == []
    assert row.is_active is False


def test_guardians_come_first(here, client):
    values = {"role": "family", "is_guardian": False}
    services.related_person_write(actor=here, client=client, key=new_id(), name="Ada", **values)
    services.related_person_write(
        actor=here, client=client, key=new_id(), name="Zoe", **(values | {"is_guardian": True})
    )

    assert [row.name for row in selectors.related_people(actor=here)] == ["Zoe", "Ada"]


# Numbers of others ---------------------------------------------------------------------------------------------------


def test_an_identifier_is_sealed_and_only_its_end_shows(here, client, worker):
    row = identifier(here, client)

    assert "1234567" not in row.value_sealed
    shown = browser(worker).get(page_of(client)).content.decode()
    assert "4567" in shown
    assert "AB-1234567" not in shown


def test_a_number_that_somebody_else_has_is_kept_all_the_same_and_left_for_the_privacy_lead(here, client, worker):
    hidden = people.client(worker.agency, chosen_name="Hidden Person")
    people.identifier(hidden, "AB-1234567", system="Medicaid")

    identifier(here, client)

    pair = PossibleDuplicate.objects.for_policy().get()
    assert (pair.client_id, pair.other_id, pair.because) == (client.pk, hidden.pk, "number")


def test_the_same_number_twice_is_one_row(here, client):
    assert identifier(here, client) == identifier(here, client)
    assert not PossibleDuplicate.objects.for_policy().exists()


# A confidential address ----------------------------------------------------------------------------------------------


def test_a_confidential_address_is_sealed_and_its_writer_may_see_it(here, client):
    row = address(here, client, is_confidential=True)

    stored = Address.objects.for_policy().get()
    assert (stored.lines, stored.city, SHELTER in stored.lines_sealed) == ("", "", False)
    assert services.address_reveal(actor=here, address=row) == f"{SHELTER}\nHarbor"
    assert AuditRow.objects.filter(verb="people.address.reveal", record_id=row.pk).count() == 1
    assert Client.objects.for_policy().get(pk=client.pk).has_confidential_address


def test_a_colleague_who_is_not_named_sees_only_that_there_is_one(worker, client):
    row = people.confidential_address(client, SHELTER, worker)
    colleague = make.staff(worker.agency)
    make.assignment(colleague, client.episodes.for_policy().get(), kind="secondary")
    signed_in = browser(colleague)

    page = signed_in.get(page_of(client)).content.decode()
    revealed = signed_in.post(page_of(client, "address_reveal", address_id=row.pk)).content.decode()
    form = signed_in.get(page_of(client, "address_write", address_id=row.pk)).content.decode()

    assert SHELTER not in page + revealed + form
    assert "named people only" in revealed
    with pytest.raises(services.NotForYou):
        services.address_remove(actor=make.actor(colleague).focused(client.pk), address=row)


def test_writing_one_more_names_nobody_for_the_one_that_is_there(worker, client):
    row = people.confidential_address(client, SHELTER, worker)
    colleague = make.staff(worker.agency)
    make.assignment(colleague, client.episodes.for_policy().get(), kind="secondary")
    signed_in = browser(colleague)
    more = {"use": "staying", "lines": "2 Harbor Street", "is_confidential": "on"}

    written = signed_in.post(page_of(client, "address_write"), {"key": new_id(), **more})
    revealed = signed_in.post(page_of(client, "address_reveal", address_id=row.pk)).content.decode()

    assert written.status_code == 302
    assert SHELTER not in revealed
    assert "named people only" in revealed


@pytest.mark.parametrize("locked", ["on", ""])
def test_a_colleague_who_is_not_named_writes_over_nothing(worker, client, locked):
    row = people.confidential_address(client, SHELTER, worker)
    colleague = make.staff(worker.agency)
    make.assignment(colleague, client.episodes.for_policy().get(), kind="secondary")
    facts = {"key": row.pk, "use": "home", "lines": "2 Harbor Street", "is_confidential": locked}

    answer = browser(colleague).post(page_of(client, "address_write", address_id=row.pk), facts)

    assert answer.status_code == 422
    assert "named people only" in answer.content.decode()
    assert Address.objects.for_policy().get(pk=row.pk).lines_sealed == row.lines_sealed


def test_one_of_the_named_names_one_more(worker, client, here):
    row = people.confidential_address(client, SHELTER, worker)
    colleague = make.staff(worker.agency)
    make.assignment(colleague, client.episodes.for_policy().get(), kind="secondary")
    theirs = make.actor(colleague).focused(client.pk)

    with pytest.raises(services.NotForYou):
        services.address_reader_add(actor=theirs, client=client, staff_id=colleague.pk, at=theirs.at)
    services.address_reader_add(actor=here, client=client, staff_id=colleague.pk, at=here.at)

    assert services.address_reveal(actor=theirs, address=row) == SHELTER


def test_the_look_shows_on_that_answer_only(worker, client):
    row = people.confidential_address(client, SHELTER, worker)
    signed_in = browser(worker)

    revealed = signed_in.post(page_of(client, "address_reveal", address_id=row.pk)).content.decode()

    assert SHELTER in revealed
    assert SHELTER not in signed_in.get(page_of(client)).content.decode()


# The page ------------------------------------------------------------------------------------------------------------


def test_the_details_cost_the_same_for_one_and_for_thirty(worker, client, django_assert_max_num_queries):
    for number in range(30):
        people.phone(client, number=f"555-01{number:02}")
        people.identifier(client, f"number {number}")
    signed_in = browser(worker)
    signed_in.get(page_of(client))

    with django_assert_max_num_queries(32):
        assert signed_in.get(page_of(client)).status_code == 200
