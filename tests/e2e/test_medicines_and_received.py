"""Medicines and what was received, as a browser has them: written down and stopped on a phone, without a barrier."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.factories import fhir as make_fhir
from tests.factories import medications as make_medicine
from tests.factories import programs as make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def worker():
    return make.staff(make.agency())


@pytest.fixture
def client(worker):
    return make.client_of(worker, chosen_name="Mari Vega")


def test_a_medicine_is_written_down_and_stopped_on_a_phone(phone, sign_in, worker, client, live_server):
    sign_in(phone, worker)
    phone.goto(reverse("medications:medications", args=[client.pk]))

    phone.get_by_role("textbox", name="Medicine").fill("Sertraline")
    phone.get_by_label("Dose, as written").fill("50 mg, morning")
    phone.get_by_role("button", name="Put it on the list").click()
    expect(phone.get_by_role("rowheader", name="Sertraline")).to_be_visible()

    phone.get_by_role("link", name="They stopped it").click()
    phone.get_by_role("button", name="Write it down").click()
    expect(phone.get_by_text("No medicine is written down.")).to_be_visible()
    expect(phone.get_by_text("1 medicine they no longer take")).to_be_visible()


def test_the_pages_have_no_barriers(page, sign_in, worker, client, live_server, assert_axe):
    medicine = make_medicine.medication(client, name="A very long name of a medicine " * 6, dose="as written " * 20)
    make_medicine.medication(client, status="stopped")
    make_medicine.medication(client, status="unknown", what_for="Sleep", origin="x", origin_id="y")
    make_fhir.received(client, origin="https://a-very-long-address.example/" + "x" * 120)
    make_fhir.received(client, resource_type="Condition", became="diagnosis", title="Panic disorder")
    sign_in(page, worker)

    for name, keys in (
        ("medications:medications", []),
        ("medications:medication_record", []),
        ("medications:medication_stop", [medicine.pk]),
        ("fhir:received", []),
    ):
        page.goto(reverse(name, args=[client.pk, *keys]))
        assert_axe(page)


def test_a_form_that_needs_something_says_so_at_its_field(page, sign_in, worker, client, live_server, assert_axe):
    sign_in(page, worker)
    page.goto(reverse("medications:medication_record", args=[client.pk]))

    page.get_by_label("What for").fill("low mood")
    page.get_by_role("button", name="Put it on the list").click()

    expect(page.get_by_label("What for")).to_have_value("low mood")
    expect(page.get_by_role("link", name="Write the name of the medicine")).to_be_visible()
    assert_axe(page)
