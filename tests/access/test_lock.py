"""The idle lock, the end of a session, the one-time link, one's own settings."""

import time
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client as Browser

from tests.factories import programs as make
from tests.factories.access import record_keys
from tests.factories.programs import PASSWORD
from wayfellow.access import verbs
from wayfellow.access.models import AuditRow, User
from wayfellow.kernel import clock

pytestmark = pytest.mark.django_db
LOCK = "/sign-in/lock/"


@pytest.fixture
def worker():
    return make.staff(make.agency())


@pytest.fixture
def browser(worker):
    found = Browser()
    found.post("/sign-in/", {"login": worker.user.email, "password": PASSWORD})
    return found


def later(**how):
    return time_machine.travel(clock.now() + timedelta(**how), tick=False)


def link(worker):
    keys = record_keys(None, None, worker)
    return f"/sign-in/new-password/{keys['uidb36']}/{keys['key']}/"


def test_after_ten_quiet_minutes_every_page_is_the_door(browser):
    with later(minutes=10, seconds=59):
        answer = browser.get("/me/?a=1")

    assert answer["Location"] == "/sign-in/lock/?next=%2Fme%2F%3Fa%3D1"


def test_somebody_who_is_here_keeps_it_open(browser):
    with later(minutes=8):
        assert browser.post("/sign-in/stay/").status_code == 204
    with later(minutes=16):
        assert browser.get("/me/").status_code == 200


def test_what_no_hand_caused_does_not_keep_it_open(browser):
    with later(minutes=8):
        browser.post("/sign-in/stay/", headers={"X-Wayfellow-Background": "1"})
    with later(minutes=16):
        assert browser.get("/me/").status_code == 302


def test_the_password_opens_it_where_one_was(browser, worker):
    page = browser.get(f"{LOCK}?next=/me/").content.decode()
    assert worker.name not in page
    assert browser.get("/me/")["Location"].startswith(LOCK)

    answer = browser.post(LOCK, {"password": PASSWORD, "next": "/me/"})

    assert answer["Location"] == "/me/"
    assert browser.get("/me/").status_code == 200
    assert AuditRow.objects.get(verb=verbs.UNLOCK.code).outcome == "done"


def test_a_wrong_password_keeps_it_shut_and_is_told(browser):
    answer = browser.post(LOCK, {"password": "not this one at all", "next": "/me/"})

    assert answer.status_code == 422
    assert 'value="/me/"' in answer.content.decode()
    assert browser.get("/me/").status_code == 302
    assert AuditRow.objects.get(verb=verbs.UNLOCK.code).outcome == "refused"


def test_nothing_typed_is_said(browser):
    answer = browser.post(LOCK, {"password": "", "next": "/"})

    assert answer.status_code == 422
    assert "Type your password" in answer.content.decode()


def test_many_tries_have_to_wait(browser, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/5m/key"}
    cache.clear()
    for _ in range(2):
        browser.post(LOCK, {"password": "not this one at all"})

    assert "several tries" in browser.post(LOCK, {"password": PASSWORD}).content.decode()


def test_the_lock_leads_to_no_other_site(browser):
    browser.get(LOCK)

    assert browser.post(LOCK, {"password": PASSWORD, "next": "//elsewhere.example"})["Location"] == "/"


def test_a_session_ends_after_twelve_hours_however_busy(browser):
    for hour in range(1, 12):
        with later(hours=hour):
            browser.post(LOCK, {"password": PASSWORD})
    with later(hours=12, seconds=1):
        answer = browser.get("/me/")

    assert answer["Location"].startswith("/sign-in/?next=")


def test_someone_who_leaves_is_out_at_the_next_request(browser, worker):
    worker.is_active = False
    worker.save()

    assert browser.get("/me/")["Location"].startswith("/sign-in/?next=")
    assert "_auth_user_id" not in browser.session


# The one-time link


def test_a_link_shows_a_form_and_changes_nothing(worker):
    url = link(worker)
    before = User.objects.get(pk=worker.user_id).password

    assert "Choose a password" in Browser().get(url).content.decode()
    assert User.objects.get(pk=worker.user_id).password == before


def test_a_link_sets_a_password_once(worker):
    url, new = link(worker), "a new pass phrase of mine"

    assert Browser().post(url, {"password": new})["Location"] == "/sign-in/"

    browser = Browser()
    browser.post("/sign-in/", {"login": worker.user.email, "password": new})
    assert "_auth_user_id" in browser.session
    assert "works no more" in Browser().post(url, {"password": "another one of mine"}).content.decode()
    assert AuditRow.objects.get(verb=verbs.PASSWORD_SET.code).staff_id == worker.pk


def test_a_short_password_is_not_taken(worker):
    answer = Browser().post(link(worker), {"password": "short"})

    assert answer.status_code == 422


def test_a_link_is_over_after_three_days_or_when_they_left(worker):
    url = link(worker)
    with later(days=3, minutes=1):
        assert "works no more" in Browser().get(url).content.decode()
    worker.is_active = False
    worker.save()
    assert "works no more" in Browser().get(url).content.decode()


@pytest.mark.parametrize("path", ["x/y", "1/abc-def", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz/a"])
def test_a_link_that_never_was_says_the_same(path):
    answer = Browser().get(f"/sign-in/new-password/{path}/")

    assert answer.status_code == 200
    assert "works no more" in answer.content.decode()


# One's own settings


def test_settings_are_kept_and_worn_at_once(browser, worker):
    answer = browser.post("/me/", {"theme": "dark", "language": "es", "has_keys": ""})

    worker.user.refresh_from_db()
    assert (worker.user.theme, worker.user.language, worker.user.has_keys) == ("dark", "es", False)
    assert answer.cookies["theme"].value == "dark"
    assert AuditRow.objects.filter(verb=verbs.SIGN_IN_SETTINGS.code, staff_id=worker.pk).exists()


def test_a_choice_that_is_none_is_not_kept(browser):
    assert browser.post("/me/", {"theme": "pink"}).status_code == 422


def test_the_page_takes_few_statements(browser, django_assert_max_num_queries):
    browser.get("/me/")

    with django_assert_max_num_queries(12):
        assert browser.get("/me/").status_code == 200


# What a page sends while the door is shut


def test_a_form_sent_to_a_locked_page_is_told_to_go_back(browser):
    browser.get(LOCK)

    answer = browser.post("/me/", {"theme": "dark"})

    assert answer.status_code == 403
    assert answer["X-Wayfellow-Door"] == LOCK
    assert "still in the page before this one" in answer.content.decode()


def test_a_script_that_sends_to_a_locked_page_gets_a_fragment(browser):
    browser.get(LOCK)

    answer = browser.post("/drafts/people.intake/", {"groups": "a"}, headers={"X-Requested-With": "fetch"})

    assert answer.status_code == 403
    assert "Your words are still here" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_the_code_from_a_phone_opens_it_too(browser, worker):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(worker.user, secret)
    browser.get(LOCK)

    assert browser.post(LOCK, {"code": "000000"}).status_code == 422
    code = totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))
    assert browser.post(LOCK, {"code": code})["Location"] == "/"


def test_a_link_of_someone_signed_in_elsewhere_is_not_used_up_by_looking(worker):
    url = link(worker)
    for _ in range(3):
        Browser().get(url)

    assert "Choose a password" in Browser().get(url).content.decode()


def test_what_a_page_was_about_to_say_ends_with_the_session(browser, worker):
    """In a cookie it would wait for whoever signs in next at this browser."""
    browser.post("/me/", {"theme": "", "language": ""})
    browser.post("/sign-in/out/")
    browser.post("/sign-in/", {"login": make.staff(worker.agency).user.email, "password": PASSWORD})

    assert "Your settings are kept." not in browser.get("/me/").content.decode()
    assert "messages" not in browser.cookies
