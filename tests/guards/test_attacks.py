"""What an attacker with an account tries on every page: rows of another record, markup in every text, no form token."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client as Browser

from tests.factories import programs as make
from tests.guards import world as worlds
from wayfellow.access import GuardedModel
from wayfellow.access.models import AuditListed, AuditRow

pytestmark = pytest.mark.django_db
# Asking for the lock locks, and then every page is the door.
ROUTES = [route for route in worlds.routes() if route.name not in ("access:lock", "account_logout")]
CLIENT_ROUTES = [route for route in ROUTES if route.mark.kind == "client"]
# These parameters are no rows: a code of a form or of a scale.
NO_ROWS = {"client_id", "form", "instrument"}
OF_ROWS = [route for route in CLIENT_ROUTES if set(route.parameters) - NO_ROWS]
# Pressed twice, taking away finds nothing and says what is true: it is gone. So it does for a row that is another's.
SIMPLY_GONE = {"people:phone_remove", "people:email_remove", "people:address_remove", "people:identifier_remove"}
# Columns whose words code reads: other words there would be no world that can be.
KEPT = {"origin", "origin_id", "content_hash", "timezone", "instrument", "system", "code", "band", "because", "key"}
EVERY_KIND = ("assigned", "program manager", "privacy lead", "peer support", "break-glass", "administrator")
MARKUP = "\"'><img src=x onerror=alert(1)>"


@pytest.fixture
def world(db) -> worlds.World:
    return worlds.build()


def browser(staff: Any, **how: Any) -> Browser:
    found = Browser(**how)
    found.force_login(staff.user)
    return found


def rows_about(client: Any) -> list[Any]:
    """Every guarded row about this client, as it stands."""
    found: list[Any] = []
    for model in apps.get_models():
        if issubclass(model, GuardedModel):
            found += model.objects.for_policy().filter(**{model.guard.client: client.pk}).order_by("pk").values()
    return found


@pytest.mark.parametrize("route", OF_ROWS, ids=[route.name for route in OF_ROWS])
def test_a_row_of_another_record_of_mine_is_missing_here(route, world):
    """The worker knows both people; each row answers on the page of its own person alone."""
    here = make.client_of(world.worker, world.program)
    is_for_privacy = route.mark.verb.code.startswith(("people.block", "people.duplicate"))
    actor = "privacy lead" if is_for_privacy else "assigned"
    before = rows_about(world.client)
    for method in ("get", "post"):
        answer = getattr(browser(world.actors[actor]), method)(route.url(world.keys, client_id=here.pk))

        assert answer.status_code in ({302, 405} if route.name in SIMPLY_GONE else {404, 405}), method
    assert rows_about(world.client) == before


def test_no_post_passes_without_its_token(world):
    signed_in = browser(world.worker, enforce_csrf_checks=True)
    for route in ROUTES:
        answer = signed_in.post(route.url(world.keys))

        assert answer.status_code == 403, route.name


@pytest.mark.full
def test_no_text_of_anyone_becomes_markup(world):
    """Every text column of the world holds markup; no page of anybody holds it unescaped."""
    for model in apps.get_models():
        if issubclass(model, GuardedModel) or model._meta.app_label == "programs":
            texts = {
                field.name: MARKUP[: field.max_length]
                for field in model._meta.fields
                if isinstance(field, (models.CharField, models.TextField))
                and not (field.choices or field.unique or "seal" in field.name or "blind" in field.name)
                and field.name not in KEPT
                and (field.max_length is None or field.max_length >= len(MARKUP))
            }
            # A confidential address has its lines sealed, and no open ones.
            rows = (
                model._base_manager.exclude(is_confidential=True)
                if hasattr(model, "is_confidential")
                else model._base_manager
            )
            rows.update(**texts)
    told = 0
    for name in EVERY_KIND:
        signed_in = browser(world.actors[name])
        for route in ROUTES:
            shown = signed_in.get(route.url(world.keys)).content.decode()
            assert "<img src=x" not in shown, (name, route.name)
            told += "&lt;img src=x" in shown
    assert told > 50, "The markup is on many pages, as text."


@pytest.mark.full
def test_whoever_is_shown_somebody_leaves_a_row_of_it(world):
    """Each page that names the client, whoever asks and by whichever method, is told to the audit before it is sent."""
    type(world.client)._base_manager.filter(pk=world.client.pk).update(chosen_name="Quillon Ashgrove")
    for name in EVERY_KIND:
        signed_in = browser(world.actors[name])
        for route in ROUTES:
            for method in ("get", "post"):
                before = AuditRow.objects.filter(client_id=world.client.pk).count() + listed(world)
                answer = getattr(signed_in, method)(route.url(world.keys), headers={"HX-Request": "true"})
                after = AuditRow.objects.filter(client_id=world.client.pk).count() + listed(world)
                if "Quillon" in answer.content.decode():
                    assert after > before, (name, method, route.name)


def listed(world: worlds.World) -> int:
    return AuditListed.objects.filter(client_id=world.client.pk).count()
