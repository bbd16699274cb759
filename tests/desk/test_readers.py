"""A confidential address is shown to named people, and only they name one more."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from tests.factories import programs as make
from wayfellow.kernel.ids import new_id
from wayfellow.people import services
from wayfellow.people.models import AddressReader
from wayfellow.programs.models import Episode

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return make.staff(make.agency())


@pytest.fixture
def someone(worker):
    found = make.client_of(worker)
    actor = make.actor(worker).focused(found.pk)
    services.address_write(
        actor=actor, client=found, key=new_id(), at=actor.at, use="home", lines="12 Elm Street", city="", region="",
        postal_code="", is_confidential=True,
    )  # fmt: skip
    return found


def colleague_of(worker, someone):
    found = make.staff(worker.agency)
    make.assignment(found, Episode.objects.for_policy().get(client=someone), kind="secondary")
    return found


def post(staff, someone, chosen):
    browser = Browser()
    browser.force_login(staff.user)
    return browser.post(reverse("desk:address_reader_add", args=[someone.pk]), {"staff_id": str(chosen.pk)})


def readers(worker, someone):
    rows = AddressReader.objects.for_actor(make.actor(worker).focused(someone.pk))
    return set(rows.values_list("staff_id", flat=True))


def test_who_sees_the_address_names_one_more(worker, someone):
    colleague = colleague_of(worker, someone)

    answer = post(worker, someone, colleague)

    assert answer.status_code == 302
    assert readers(worker, someone) == {worker.pk, colleague.pk}


def test_who_does_not_see_it_names_nobody(worker, someone):
    colleague = colleague_of(worker, someone)

    answer = post(colleague, someone, colleague)

    assert answer.status_code == 422
    assert "Only those who see the address" in answer.content.decode()
    assert readers(worker, someone) == {worker.pk}


def test_somebody_of_another_agency_cannot_be_named(worker, someone):
    assert post(worker, someone, make.staff(make.agency())).status_code == 422
    assert readers(worker, someone) == {worker.pk}
