"""Drafts: no word is lost, nobody else reads it, and no other person's record shows it."""

from datetime import timedelta

import pytest
from django.test import Client as Browser

from tests.factories import people
from tests.factories import programs as make
from wayfellow.access import drafts
from wayfellow.access.drafts import Page
from wayfellow.access.errors import Hidden
from wayfellow.access.models import AuditRow, Draft
from wayfellow.kernel import clock

pytestmark = pytest.mark.django_db
FORM = "notes.note"
AT = clock.now()


@pytest.fixture
def agency():
    return make.agency()


@pytest.fixture
def worker(agency):
    return make.staff(agency)


@pytest.fixture
def actor(worker):
    return make.actor(worker)


@pytest.fixture
def client(worker):
    return make.client_of(worker)


@pytest.fixture
def browser(worker):
    found = Browser()
    found.force_login(worker.user)
    return found


def saved(actor, client, page=None, group="dap", **fields):
    values = {name: value if isinstance(value, list) else [value] for name, value in fields.items()}
    client_id = client.pk if client else None
    return drafts.save(actor=actor, form=FORM, client_id=client_id, fields=values, at=AT, group=group, page=page)


def taken(actor, client):
    return drafts.take(actor=actor, form=FORM, client_id=client.pk if client else None)


def test_what_was_written_comes_back(actor, client):
    saved(actor, client, data="Rested.", shared=[], threads=["a", "b"])
    saved(actor, client, group="plan", plan="Call Legal Aid.")

    found = taken(actor, client)

    assert found == {"data": "Rested.", "shared": "", "threads": ["a", "b"], "plan": "Call Legal Aid."}
    assert found.version == 2
    assert found.at == AT


def test_without_a_draft_there_is_nothing(actor, client):
    found = taken(actor, client)

    assert found == {}
    assert found.version == 0
    assert found.at is None


def test_a_draft_stays_with_its_person_its_author_and_its_form(actor, worker, client, agency):
    colleague = make.staff(agency)
    make.cover(worker, colleague)
    other = make.client_of(worker)
    saved(actor, client, data="Rested.")

    assert taken(actor, other) == {}
    assert taken(make.actor(colleague), client) == {}
    assert taken(actor, None) == {}
    assert drafts.take(actor=actor, form="plans.plan", client_id=client.pk) == {}


def test_a_draft_about_somebody_new_needs_no_person(actor):
    saved(actor, None, name="Mari")

    assert taken(actor, None) == {"name": "Mari"}


def test_a_draft_can_not_be_opened_when_the_reason_has_ended(agency, actor, worker):
    someone = people.client(agency)
    tomorrow = clock.now() + timedelta(days=1)
    make.assignment(worker, make.episode(someone, make.program(agency)), ends_at=tomorrow)
    saved(actor, someone, data="Rested.")

    with pytest.raises(Hidden):
        taken(make.actor(worker, at=tomorrow), someone)

    assert Draft.objects.count() == 1


def test_a_cleared_draft_is_gone(actor, client):
    saved(actor, client, data="Rested.")

    drafts.clear(actor=actor, form=FORM, client_id=client.pk)

    assert taken(actor, client) == {}


def test_a_save_that_comes_after_the_form_does_not_bring_the_draft_back(actor, client):
    version = saved(actor, client, Page("one", 1, 0), data="Rested.")
    drafts.clear(actor=actor, form=FORM, client_id=client.pk)

    with pytest.raises(drafts.DraftGone):
        saved(actor, client, Page("one", 2, version), data="Rested. Late.")

    assert taken(actor, client) == {}
    assert saved(actor, client, Page("one", 3, 0), data="Something new.") == 1


def test_what_is_written_is_sealed_in_the_database(actor, client):
    saved(actor, client, data="Rested.")

    assert "Rested" not in Draft.objects.get().sealed


def test_a_page_saves_over_its_own_older_words(actor, client):
    mine = "w" * 32
    saved(actor, client, Page(mine, 1, 0), data="Res")

    version = saved(actor, client, Page(mine, 2, 0), data="Rested.")  # the first answer was lost on its way

    assert version == 2
    assert taken(actor, client) == {"data": "Rested."}


def test_a_save_that_comes_late_does_not_bring_old_words_back(actor, client):
    saved(actor, client, Page("w", 2, 0), data="Rested.")

    saved(actor, client, Page("w", 1, 0), data="Res")

    assert taken(actor, client) == {"data": "Rested."}


def test_words_of_another_window_are_not_written_over(actor, client):
    saved(actor, client, Page("one", 1, 0), data="Rested.")

    with pytest.raises(drafts.DraftChanged) as caught:
        saved(actor, client, Page("two", 1, 0), data="Tired.")

    assert caught.value.theirs == {"data": ["Rested."]}
    assert caught.value.mine == {"data": ["Tired."]}
    assert taken(actor, client) == {"data": "Rested."}
    assert saved(actor, client, Page("two", 2, caught.value.version), data="Tired.") == 2


def test_two_windows_that_wrote_the_same_agree(actor, client):
    saved(actor, client, Page("one", 1, 0), data="Rested.")

    saved(actor, client, Page("two", 1, 0), data="Rested.")

    assert taken(actor, client) == {"data": "Rested."}


def test_a_window_that_saves_one_group_has_not_seen_the_other(actor, client):
    """One window saves the plan, another the data; then the second writes in the plan it has never seen."""
    saved(actor, client, Page("one", 1, 0), group="plan", plan="Call.")
    version = saved(actor, client, Page("two", 1, 0), group="dap", data="Rested.")

    assert version == 0
    with pytest.raises(drafts.DraftChanged):
        saved(actor, client, Page("two", 2, version), group="plan", plan="Write.")


def test_a_draft_has_an_end(actor, client):
    with pytest.raises(drafts.TooLong):
        saved(actor, client, data="x" * (drafts.MOST_LETTERS + 1))
    with pytest.raises(drafts.TooLong):
        saved(actor, client, group="g" * (drafts.LONGEST_GROUP + 1), data="x")

    assert taken(actor, client) == {}


def test_the_number_of_groups_has_an_end(actor, client):
    groups = {f"g{number}": {"a": ["x"]} for number in range(drafts.MOST_GROUPS)}
    drafts.save_groups(actor=actor, form=FORM, client_id=client.pk, groups=groups, at=AT)

    with pytest.raises(drafts.TooLong):
        saved(actor, client, group="one more", a="x")


def test_a_save_takes_few_statements(actor, client, django_assert_max_num_queries):
    taken(actor, client)

    with django_assert_max_num_queries(5):
        saved(actor, client, data="Rested.")


# The pages


BODY = {"groups": ["dap"], "fields.dap": ["data", "shared"], "data": "Rested.", "draft_writer": "one", "draft_seq": "1"}


def test_a_page_saves_as_it_is_written(browser, actor, client):
    answer = browser.post(f"/clients/{client.pk}/drafts/{FORM}/", BODY | {"draft_version": "0"})

    assert answer.json() == {"version": 1}
    assert answer["Cache-Control"] == "no-store"
    assert taken(actor, client) == {"data": "Rested.", "shared": ""}


def test_a_draft_outlives_the_session(browser, actor, client, worker):
    browser.post(f"/clients/{client.pk}/drafts/{FORM}/", BODY)
    browser.logout()
    browser.force_login(worker.user)

    assert taken(actor, client) == {"data": "Rested.", "shared": ""}


def test_both_texts_are_shown_when_two_windows_write(browser, client):
    url = f"/clients/{client.pk}/drafts/{FORM}/"
    browser.post(url, BODY | {"draft_version": "0"})

    answer = browser.post(url, BODY | {"draft_writer": "two", "draft_version": "0", "data": "<b>Tired</b>"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Rested." in page
    assert "&lt;b&gt;Tired" in page
    assert 'data-draft-keep="1"' in page


def test_a_cleared_draft_is_said_to_be_gone(browser, client):
    answer = browser.post(f"/clients/{client.pk}/drafts/{FORM}/", BODY | {"draft_version": "4"})

    assert answer.status_code == 410
    assert not Draft.objects.exists()


def test_too_long_a_draft_is_said(browser, client):
    answer = browser.post(f"/clients/{client.pk}/drafts/{FORM}/", BODY | {"data": "x" * 300_000})

    assert answer.status_code == 413
    assert "still in the page" in answer.content.decode()


def test_a_form_about_somebody_new_saves_too(browser, actor):
    answer = browser.post("/drafts/people.intake/", BODY)

    assert answer.status_code == 200
    assert drafts.take(actor=actor, form="people.intake") == {"data": "Rested.", "shared": ""}


def test_a_stranger_gets_the_missing_page(browser, agency):
    someone = make.client_of(make.staff(agency))

    answer = browser.post(f"/clients/{someone.pk}/drafts/{FORM}/", BODY)

    assert answer.status_code == 404
    assert not Draft.objects.exists()


def test_a_draft_leaves_no_audit_row_of_its_own(browser, client):
    before = AuditRow.objects.count()

    browser.post(f"/clients/{client.pk}/drafts/{FORM}/", BODY)

    assert AuditRow.objects.count() == before


def test_a_draft_is_saved_by_posting_only(browser, client):
    assert browser.get(f"/clients/{client.pk}/drafts/{FORM}/").status_code == 405
