"""The door: one answer for unknown and wrong, a second step for those who have one, and a row for each try."""

import time
from io import StringIO

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client as Browser

from tests.factories import programs as make
from tests.factories.programs import PASSWORD
from wayfellow.access import sessions, verbs
from wayfellow.access.models import AuditRow, User

pytestmark = pytest.mark.django_db
DOOR = "/sign-in/"
MISMATCH = "don’t go together"


@pytest.fixture
def agency():
    return make.agency()


@pytest.fixture
def worker(agency):
    return make.staff(agency)


@pytest.fixture
def browser():
    return Browser()


@pytest.fixture
def phone(worker):
    """The code app of the worker: gives the code of now."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(worker.user, secret)
    return lambda: code_of(secret)


def code_of(secret):
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def sign_in(browser, staff, password=PASSWORD, email=None, **more):
    return browser.post(DOOR, {"login": email or staff.user.email, "password": password, **more})


def rows(verb):
    return AuditRow.objects.filter(verb=verb.code)


def is_in(browser):
    return "_auth_user_id" in browser.session


def test_a_worker_signs_in_and_the_audit_knows(browser, worker):
    answer = sign_in(browser, worker, next="/me/")

    assert answer["Location"] == "/me/"
    assert is_in(browser)
    row = rows(verbs.SIGN_IN).get()
    assert (row.staff_id, row.outcome, row.agency_id) == (worker.pk, "done", worker.agency_id)


def test_an_address_is_the_same_in_capitals(browser, worker):
    sign_in(browser, worker, email=worker.user.email.upper())

    assert is_in(browser)


def test_the_way_on_leads_nowhere_else(browser, worker):
    assert sign_in(browser, worker, next="https://elsewhere.example/")["Location"] == "/"


def test_unknown_and_wrong_hear_the_same(browser, worker):
    wrong = sign_in(browser, worker, password="not this one at all")
    unknown = sign_in(browser, worker, email="nobody@example.org")

    assert wrong.status_code == unknown.status_code == 422
    assert MISMATCH in wrong.content.decode()
    same = [
        page.content.decode().replace(worker.user.email, "X").replace("nobody@example.org", "X")
        for page in (wrong, unknown)
    ]
    assert without_token(same[0]) == without_token(same[1])


def without_token(page):
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_each_refused_try_leaves_a_row_that_names_nobody_unknown(browser, worker):
    sign_in(browser, worker, password="not this one at all")
    sign_in(browser, worker, email="nobody@example.org")

    known, unknown = rows(verbs.SIGN_IN).order_by("seq")
    assert (known.outcome, known.staff_id) == ("refused", worker.pk)
    assert (unknown.outcome, unknown.staff_id, unknown.agency_id) == ("refused", None, sessions.NO_AGENCY)


def test_someone_who_works_here_no_more_hears_what_a_wrong_password_hears(browser, worker):
    worker.is_active = False
    worker.save()

    assert MISMATCH in sign_in(browser, worker).content.decode()
    assert not is_in(browser)


def test_a_closed_account_hears_the_same(browser, worker):
    User.objects.filter(pk=worker.user_id).update(is_active=False)

    assert MISMATCH in sign_in(browser, worker).content.decode()


def test_many_tries_have_to_wait(browser, worker, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/5m/key"}
    cache.clear()
    for _ in range(3):
        sign_in(browser, worker, password="not this one at all")

    page = sign_in(browser, worker)

    assert "several tries" in page.content.decode()
    assert not is_in(browser)


def test_tries_from_one_place_have_to_wait(browser, worker, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    cache.clear()
    for number in range(2):
        sign_in(browser, worker, email=f"nobody{number}@example.org")

    page = sign_in(browser, worker)

    assert page.status_code == 429
    assert "many tries" in page.content.decode()


def test_whoever_has_a_code_app_is_asked_for_its_code(browser, worker, phone):
    assert sign_in(browser, worker)["Location"] == "/sign-in/code/"
    assert not is_in(browser)

    wrong = browser.post("/sign-in/code/", {"code": "000000"})
    assert wrong.status_code == 422
    assert "doesn’t fit" in wrong.content.decode()

    browser.post("/sign-in/code/", {"code": phone()})
    assert is_in(browser)
    assert set(rows(verbs.SIGN_IN).values_list("outcome", flat=True)) == {"refused", "done"}


def test_a_recovery_code_works_once(browser, worker, phone):
    codes = RecoveryCodes.activate(worker.user)
    code = codes.get_unused_codes()[0]
    sign_in(browser, worker)
    browser.post("/sign-in/code/", {"code": code})
    assert is_in(browser)

    again = Browser()
    sign_in(again, worker)
    assert again.post("/sign-in/code/", {"code": code}).status_code == 422


def test_the_secret_of_a_code_app_is_sealed(worker, phone):
    stored = worker.user.authenticator_set.get().data["secret"]

    assert stored.startswith("v1.")


def test_without_a_second_factor_there_is_only_its_set_up(browser, worker, settings):
    settings.WAYFELLOW_SECOND_FACTOR = True
    sign_in(browser, worker)

    answer = browser.get("/me/")

    assert answer["Location"] == "/sign-in/second-factor/set-up/?next=%2Fme%2F"
    page = browser.get(answer["Location"]).content.decode()
    assert "Set up a passkey" in page


def test_a_code_app_is_set_up_and_opens_everything(browser, worker, settings, django_capture_on_commit_callbacks):
    settings.WAYFELLOW_SECOND_FACTOR = True
    sign_in(browser, worker)
    there = "/sign-in/second-factor/phone/"
    again = browser.get(there)
    assert again["Location"].startswith("/sign-in/again/")
    browser.post(again["Location"], {"password": PASSWORD})
    page = browser.get(there)
    assert "data:" not in page.content.decode()
    secret = browser.session["mfa.totp.secret"]

    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(there, {"code": code_of(secret)})

    assert answer["Location"] == "/sign-in/second-factor/codes/"
    assert browser.get("/sign-in/second-factor/codes/").content.decode().count("<li>") >= 10
    assert browser.get("/me/").status_code == 200
    assert rows(verbs.FACTOR_CHANGE).exists()


def test_taking_the_last_factor_away_leads_to_set_up_again(browser, worker, phone, settings):
    settings.WAYFELLOW_SECOND_FACTOR = True
    sign_in(browser, worker)
    browser.post("/sign-in/code/", {"code": phone()})
    browser.post("/sign-in/again/", {"password": PASSWORD})

    browser.post("/sign-in/second-factor/phone/remove/")

    assert browser.get("/me/")["Location"].startswith("/sign-in/second-factor/set-up/")


def test_an_operator_helps_someone_who_lost_phone_and_codes(browser, worker, phone):
    RecoveryCodes.activate(worker.user)
    out = StringIO()

    call_command("reset_second_factor", worker.user.email.upper(), stdout=out)

    assert out.getvalue().startswith("2 taken away")
    assert rows(verbs.FACTOR_CHANGE).get().source == "command reset_second_factor"
    sign_in(browser, worker)
    assert is_in(browser)


def test_the_operator_hears_when_nobody_has_the_address():
    with pytest.raises(CommandError, match="Nobody who works here"):
        call_command("reset_second_factor", "nobody@example.org")


def test_signing_out_asks_first_and_is_told(browser, worker):
    sign_in(browser, worker)
    assert "Sign out?" in browser.get("/sign-in/out/").content.decode()
    assert is_in(browser)

    answer = browser.post("/sign-in/out/")

    assert answer["Location"] == DOOR
    assert not is_in(browser)
    assert rows(verbs.SIGN_OUT).get().staff_id == worker.pk


def test_the_theme_and_language_of_a_person_come_with_them(browser, worker):
    User.objects.filter(pk=worker.user_id).update(theme="dark", language="es", has_keys=False)

    answer = sign_in(browser, worker)

    assert answer.cookies["theme"].value == "dark"
    assert answer.cookies["django_language"].value == "es"


OWN_PAGES = (
    "again/",
    "password/",
    "second-factor/phone/",
    "second-factor/passkeys/add/",
    "second-factor/set-up/",
    "lock/",
)


@pytest.mark.parametrize("path", OWN_PAGES)
def test_the_pages_of_the_door_name_nobody(browser, worker, path):
    sign_in(browser, worker)
    browser.post("/sign-in/again/", {"password": PASSWORD})

    page = browser.get(DOOR + path)

    assert page.status_code == 200
    assert worker.name not in page.content.decode()


def test_a_password_is_changed_and_other_sessions_end(browser, worker):
    other = Browser()
    sign_in(other, worker)
    sign_in(browser, worker)
    new = "a new pass phrase of mine"

    answer = browser.post("/sign-in/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert answer["Location"] == "/me/"
    assert browser.get("/me/").status_code == 200
    assert other.get("/me/").status_code == 302
    assert rows(verbs.PASSWORD_SET).get().staff_id == worker.pk


def test_nobody_signs_up_and_nothing_of_the_library_is_open(browser):
    for path in ("signup/", "email/", "password/reset/", "inactive/", "confirm-email/"):
        assert browser.get(f"/sign-in/{path}").status_code == 404
