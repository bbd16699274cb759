"""What is sent twice at one moment is one row, and what the database refused needs no audit row."""

import pytest

from tests.factories import people
from tests.factories import programs as make
from wayfellow import access
from wayfellow.access.errors import Hidden, Unaudited
from wayfellow.access.work import work
from wayfellow.kernel.ids import new_id
from wayfellow.people import verbs
from wayfellow.people.models import Allergy

pytestmark = pytest.mark.django_db


class NotThereYet:
    """Rows as the slower of two requests sees them: none at its first look."""

    def __init__(self, rows):
        self.rows = rows

    def first(self):
        return None

    def all(self):
        return self.rows


@pytest.fixture
def worker():
    return make.staff(make.agency())


@pytest.fixture
def client(worker):
    return make.client_of(worker)


@pytest.fixture
def me(worker, client):
    return make.actor(worker).focused(client.pk)


def known(actor, client, key):
    return Allergy.objects.for_actor(actor).filter(pk=key, client=client)


def test_the_first_time_a_row_is_made(me, client):
    key = new_id()

    with work(me):
        row, is_new = access.made_once(me, Allergy, known(me, client, key), id=key, client=client, substance="Latex")
        access.record(me, verbs.CLIENT_CHANGE, row)

    assert is_new
    assert known(me, client, key).get() == row


def test_a_new_row_that_nobody_records_is_taken_back(me, client):
    key = new_id()

    with pytest.raises(Unaudited), work(me):
        access.made_once(me, Allergy, known(me, client, key), id=key, client=client, substance="Latex")

    assert not known(me, client, key).exists()


def test_what_another_request_made_meanwhile_is_the_answer_and_asks_for_no_audit_row(me, client):
    first = people.allergy(client)
    late = NotThereYet(known(me, client, first.pk))

    with work(me):
        row, is_new = access.made_once(me, Allergy, late, id=first.pk, client=client, substance="Latex")

    assert (row, is_new) == (first, False)


def test_the_key_of_another_persons_row_answers_like_a_missing_one(me, client):
    theirs = people.allergy(make.client_of(make.staff(make.agency())))

    with pytest.raises(Hidden), work(me):
        access.made_once(me, Allergy, known(me, client, theirs.pk), id=theirs.pk, client=client, substance="Latex")
