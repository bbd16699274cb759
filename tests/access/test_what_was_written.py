"""The audit says that something was written only when it was."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from tests.factories import programs as make
from wayfellow.access.models import AuditRow
from wayfellow.kernel.ids import new_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return make.staff(make.agency())


@pytest.fixture
def browser(worker):
    found = Browser()
    found.force_login(worker.user)
    return found


def verbs_about(client):
    return list(AuditRow.objects.filter(client_id=client.pk).exclude(verb="set-up").values_list("verb", flat=True))


def test_opening_a_form_is_told_as_that(worker, browser):
    someone = make.client_of(worker)

    browser.get(reverse("assessments:need_write", args=[someone.pk]))

    assert verbs_about(someone) == ["access.form.open"]


def test_a_form_that_was_refused_wrote_nothing(worker, browser):
    someone = make.client_of(worker)

    browser.post(reverse("assessments:need_write", args=[someone.pk]), {"key": new_id(), "title": ""})

    assert verbs_about(someone) == ["access.form.open"]


def test_what_was_written_is_told_once(worker, browser):
    someone = make.client_of(worker)

    browser.post(
        reverse("assessments:need_write", args=[someone.pk]),
        {"key": new_id(), "title": "A home that holds", "domain": "housing", "words": ""},
    )

    assert verbs_about(someone) == ["assessments.need.write"]
