"""The audit is only ever added to, and whoever changes it by other means is found."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction

from tests.database import audit_open_to_change
from tests.factories import programs as make
from wayfellow.access import chain, readiness, triggers, verbs
from wayfellow.access.models import AuditListed, AuditRow, ChainHead
from wayfellow.access.trail import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return make.actor(make.staff(make.agency()))


@pytest.fixture
def rows(actor):
    """Five rows in one chain, the last with a list of people."""
    person = make.client_of(make.staff(make.agency()))
    entries = [Entry(verb=verbs.SIGN_IN.code) for _ in range(4)] + [
        Entry(verb=verbs.AUDIT_READ.code, clients=frozenset({person.pk}))
    ]
    chain.append_now(actor, entries)
    number = AuditRow.objects.filter(staff_id=actor.staff_id).values_list("chain", flat=True)[0]
    return AuditRow.objects.filter(chain=number).order_by("seq")


def refused(statement, *values):
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize("table", triggers.TABLES)
def test_a_row_can_be_neither_changed_nor_deleted(rows, table):
    column = "outcome = 'x'" if table == "access_auditrow" else "row_id = row_id"

    refused(f"UPDATE {table} SET {column}")
    refused(f"DELETE FROM {table}")


def test_a_row_can_not_be_written_over(rows):
    row = rows.last()
    if connection.vendor == "postgresql":
        connection.check_constraints()  # nothing may be pending before TRUNCATE
        refused("TRUNCATE access_auditrow CASCADE")
    else:
        columns = ", ".join(field.column for field in AuditRow._meta.fields)
        refused(
            f"INSERT OR REPLACE INTO access_auditrow ({columns}) SELECT {columns} FROM access_auditrow WHERE id = %s",
            row.pk.hex,
        )


def test_the_orm_is_refused_too(rows):
    for act in (lambda: rows.update(outcome="x"), rows.first().delete, AuditListed.objects.all().delete):
        with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
            act()


def test_the_product_has_no_way_to_take_the_triggers_away():
    assert not any("drop" in name.lower() or "remove" in name.lower() for name in dir(triggers))


def test_missing_triggers_are_named_and_the_server_is_not_ready(rows, client):
    assert client.get("/ready/").content == b"ready"
    with audit_open_to_change():
        wrong = readiness.problems()
        answer = client.get("/ready/")

    assert any("triggers are missing" in line for line in wrong)
    assert (answer.status_code, answer.content) == (503, b"not ready")
    assert not any("triggers" in line for line in readiness.problems())


def test_a_chain_that_nobody_touched_holds(rows):
    assert chain.verify(rows[0].chain)[1] is None


def middle(rows):
    return rows.reverse()[2]


def changed(**values):
    return lambda rows: rows.filter(pk=middle(rows).pk).update(**values)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (changed(outcome="refused"), "was changed"),
        (changed(staff_id=None), "was changed"),
        (changed(previous_mac="0" * 64), "doesn't follow the row before it"),
        (lambda rows: AuditListed.objects.all().delete(), "was changed"),
        (lambda rows: rows.filter(pk=middle(rows).pk).delete(), "is missing"),
        (
            lambda rows: AuditListed.objects.all().delete() and rows.filter(pk=rows.last().pk).delete(),
            "is missing, the head says so",
        ),
        (lambda rows: ChainHead.objects.all().delete(), "has no head"),
    ],
)
def test_whatever_is_done_to_a_chain_is_found(rows, change, problem):
    number = rows[0].chain
    with audit_open_to_change():
        change(rows)

    found = chain.verify(number)[1]

    assert found is not None
    assert found.problem == problem


def verified(*words):
    out = StringIO()
    call_command("verify_audit", *words, stdout=out)
    return out.getvalue()


def test_the_command_says_how_many_rows_hold(rows, tmp_path):
    assert f"{AuditRow.objects.count()} rows hold" in verified("--heads", str(tmp_path / "none"))


def test_the_command_names_the_first_broken_row_and_fails(rows, tmp_path):
    row = middle(rows)
    with audit_open_to_change():
        rows.filter(pk=row.pk).update(outcome="refused")

    with pytest.raises(CommandError, match=f"Chain {row.chain}, row {row.seq} was changed") as caught:
        verified("--heads", str(tmp_path / "none"))
    assert caught.value.returncode == 1


def test_a_tail_cut_off_together_with_its_head_shows_in_the_heads_outside(rows, tmp_path):
    outside = tmp_path / "safe" / "heads.log"
    call_command("audit_heads", "--to", str(outside), stdout=StringIO())
    assert "heads noted outside fit" in verified("--heads", str(outside))
    assert outside.stat().st_mode & 0o077 == 0
    with audit_open_to_change():
        AuditListed.objects.all().delete()
        last, before = rows.reverse()[:2]
        rows.filter(pk=last.pk).delete()
        ChainHead.objects.filter(pk=last.chain).update(seq=before.seq, mac=before.mac)
    assert chain.verify(last.chain)[1] is None

    with pytest.raises(CommandError, match="was noted outside and is gone"):
        verified("--heads", str(outside))


def test_a_chain_written_anew_shows_in_the_heads_outside(rows, tmp_path):
    outside = tmp_path / "heads.log"
    call_command("audit_heads", "--to", str(outside), stdout=StringIO())
    with audit_open_to_change():
        rows.filter(pk=rows.last().pk).update(mac="f" * 64)

    with pytest.raises(CommandError, match="isn't the one that was noted outside"):
        verified("--heads", str(outside))


def test_a_torn_line_of_the_heads_is_named(rows, tmp_path):
    outside = tmp_path / "heads.log"
    outside.write_text('{"chain": 0, "se')

    with pytest.raises(CommandError, match="can't be read"):
        verified("--heads", str(outside))


def test_heads_can_be_shown(rows):
    out = StringIO()
    call_command("audit_heads", "--print", stdout=out)

    assert f'"seq": {rows.last().seq}' in out.getvalue()


def test_an_empty_key_is_named(settings):
    settings.SECRET_KEY = ""
    settings.WAYFELLOW_RECORD_KEY = "short"

    wrong = " ".join(readiness.problems())

    assert "WAYFELLOW_SECRET_KEY is missing" in wrong
    assert "WAYFELLOW_RECORD_KEY is missing or too short" in wrong
