"""Every way around a guarded model that we know, and that it raises (docs/adr/0002)."""

from collections.abc import Callable

import pytest
from django.db.models import Count, Exists, F, OuterRef, ProtectedError

from tests.factories import people
from tests.factories import programs as make
from wayfellow import access
from wayfellow.access.errors import GuardBypass, NoActor, Unaudited
from wayfellow.access.models import AuditRow
from wayfellow.people import verbs
from wayfellow.people.models import Allergy, Client, Phone
from wayfellow.programs import verbs as program_verbs
from wayfellow.programs.models import Assignment, Episode, Program, Staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return make.staff(make.agency())


@pytest.fixture
def someone(worker):
    return make.client_of(worker)


@pytest.fixture
def actor(worker, someone):
    return make.actor(worker)


READS_WITHOUT_AN_ACTOR: dict[str, Callable[[], object]] = {
    "iterating": lambda: list(Client.objects.all()),
    "get": lambda: Client.objects.get(chosen_name="x"),
    "first": lambda: Client.objects.first(),
    "filter": lambda: list(Client.objects.filter(chosen_name="x")),
    "count": lambda: Client.objects.count(),
    "exists": lambda: Client.objects.exists(),
    "aggregate": lambda: Client.objects.aggregate(n=Count("pk")),
    "values": lambda: list(Client.objects.values("chosen_name")),
    "values_list": lambda: list(Client.objects.values_list("chosen_name")),
    "iterator": lambda: list(Client.objects.iterator()),
    "in_bulk": lambda: Client.objects.in_bulk(["0190a5b0-0000-7000-8000-000000000000"]),
    "earliest": lambda: Client.objects.earliest("created_at"),
    "latest": lambda: Client.objects.latest("created_at"),
    "contains": lambda: Client.objects.contains(Client()),
    "dates": lambda: list(Client.objects.dates("birth_date", "year")),
    "explain": lambda: Client.objects.all().explain(),
    "as a subquery": lambda: list(Program.objects.filter(pk__in=Episode.objects.values("program"))),
    "in Exists": lambda: list(Program.objects.filter(Exists(Episode.objects.filter(program=OuterRef("pk"))))),
    "slicing": lambda: Client.objects.all()[0],
    "len": lambda: len(Client.objects.all()),
    "bool": lambda: bool(Client.objects.all()),
}


@pytest.mark.parametrize("way", READS_WITHOUT_AN_ACTOR)
def test_reading_without_an_actor_raises(way):
    with pytest.raises(NoActor):
        READS_WITHOUT_AN_ACTOR[way]()


def test_none_is_no_actor():
    with pytest.raises(NoActor):
        Client.objects.for_actor(None)


JOINS: dict[str, Callable[[access.Actor], object]] = {
    "a filter from an open model": lambda actor: list(Program.objects.filter(episodes__client__chosen_name="x")),
    "an annotation from an open model": lambda actor: list(Program.objects.annotate(n=Count("episodes"))),
    "an order from an open model": lambda actor: list(Staff.objects.order_by("assignments__starts_at")),
    "values from an open model": lambda actor: list(Staff.objects.values("assignments__client")),
    "aggregate from an open model": lambda actor: Program.objects.aggregate(n=Count("episodes__client__phones")),
    "a filter between guarded models": lambda actor: list(
        Client.objects.for_actor(actor).filter(phones__number="5550100")
    ),
    "an annotation between guarded models": lambda actor: list(
        Client.objects.for_actor(actor).annotate(n=Count("allergies"))
    ),
    "F over a relation": lambda actor: list(Phone.objects.for_actor(actor).annotate(n=F("client__chosen_name"))),
    "select_related": lambda actor: list(Phone.objects.for_actor(actor).select_related("client")),
    "prefetch of a guarded parent": lambda actor: list(Phone.objects.for_actor(actor).prefetch_related("client")),
    "its own table again": lambda actor: list(
        Assignment.objects.for_actor(actor).filter(staff__assignments__kind="primary")
    ),
}


@pytest.mark.parametrize("way", JOINS)
def test_a_join_over_a_guarded_table_raises(way, actor):
    with pytest.raises(GuardBypass):
        JOINS[way](actor)


COMBINATIONS: dict[str, Callable[[access.Actor], object]] = {
    "|": lambda actor: Client.objects.for_actor(actor) | Client.objects.all(),
    "&": lambda actor: Client.objects.for_actor(actor) & Client.objects.all(),
    "^": lambda actor: Client.objects.for_actor(actor) ^ Client.objects.all(),
    "union": lambda actor: Client.objects.for_actor(actor).union(Client.objects.all()),
    "intersection": lambda actor: Client.objects.for_actor(actor).intersection(Client.objects.all()),
    "difference": lambda actor: Client.objects.for_actor(actor).difference(Client.objects.all()),
    "raw": lambda actor: Client.objects.raw("SELECT * FROM people_client"),
    "update": lambda actor: Client.objects.for_actor(actor).update(chosen_name="x"),
    "delete": lambda actor: Client.objects.for_actor(actor).delete(),
    "_raw_delete": lambda actor: Client.objects.for_actor(actor)._raw_delete("default"),
    "bulk_update": lambda actor: Client.objects.for_actor(actor).bulk_update([], ["chosen_name"]),
    "get_or_create": lambda actor: Client.objects.for_actor(actor).get_or_create(chosen_name="x"),
    "update_or_create": lambda actor: Client.objects.for_actor(actor).update_or_create(chosen_name="x"),
}


@pytest.mark.parametrize("way", COMBINATIONS)
def test_what_cannot_be_audited_row_by_row_raises(way, actor):
    with pytest.raises(GuardBypass):
        COMBINATIONS[way](actor)


def test_saving_without_an_actor_raises(someone):
    with pytest.raises(NoActor):
        someone.save()
    with pytest.raises(NoActor):
        someone.delete()
    with pytest.raises(NoActor):
        Phone(client=someone, number="5550100").save()
    with pytest.raises(NoActor):
        Phone.objects.create(client=someone, number="5550100")
    with pytest.raises(NoActor):
        Phone.objects.bulk_create([Phone(client=someone, number="5550100")])
    with pytest.raises(NoActor):
        someone.save_if_current(version=1, chosen_name="x")


def test_saving_outside_a_service_raises(actor, someone):
    row = Client.objects.for_actor(actor).get()
    with pytest.raises(NoActor):
        row.save()
    with pytest.raises(NoActor):
        row.delete()
    with pytest.raises(NoActor):
        Phone.objects.for_writing(actor).create(client=someone, number="5550100")
    with pytest.raises(NoActor):
        row.save_if_current(version=1, chosen_name="x")


def test_a_service_that_tells_the_audit_nothing_is_rolled_back(actor, someone):
    @access.service
    def silent(*, actor):
        Phone.objects.for_writing(actor).create(client=someone, number="5550100")

    with pytest.raises(Unaudited):
        silent(actor=actor)
    assert not Phone.objects.for_actor(actor).exists()


def test_a_service_writes_its_row_and_its_audit_row_together(actor, someone):
    @access.service
    def phone_add(*, actor):
        phone = Phone.objects.for_writing(actor).create(client=someone, number="5550100")
        access.record(actor, verbs.CLIENT_CHANGE, phone)

    phone_add(actor=actor)

    row = AuditRow.objects.get(verb=verbs.CLIENT_CHANGE.code)
    assert (row.client_id, row.staff_id, row.reason) == (someone.pk, actor.staff_id, "assignment")


def test_an_instance_hands_its_actor_to_its_related_rows(actor, worker, someone):
    from tests.factories import made

    made(Phone(client=someone, number="5550100"))
    client = Client.objects.for_actor(actor).prefetch_related("allergies").get()

    assert [phone.number for phone in client.phones.all()] == ["5550100"]
    assert client.phones.all()[0]._actor is actor
    assert list(client.allergies.all()) == []
    with pytest.raises(NoActor):
        list(someone.phones.all())


def test_relations_between_records_are_protected(actor, someone):
    @access.service
    def remove(*, actor):
        Client.objects.for_actor(actor).get().delete()

    with pytest.raises(ProtectedError):
        remove(actor=actor)


def test_what_was_loaded_is_told_to_the_trail(actor, someone):
    people.client(make.agency())
    list(Client.objects.for_actor(actor))

    assert actor.trail.seen == {someone.pk}


def test_rows_asked_for_as_dictionaries_tell_the_trail_too(actor, someone):
    list(Episode.objects.for_actor(actor).values("client_id", "status"))

    assert actor.trail.seen == {someone.pk}


def test_allergies_are_details_and_closed_to_who_may_only_see_the_name(someone, worker):
    manager = make.staff(worker.agency, "program_manager")
    episode = Episode.objects.for_policy().get(client=someone)
    make.management(manager, episode.program)

    assert not Allergy.objects.for_actor(make.actor(manager)).exists()
    assert Client.objects.for_actor(make.actor(manager)).exists()


def test_a_fact_can_be_used_in_a_query_but_not_read(actor, someone):
    facts = Episode.objects.for_fact(actor, program_verbs.EPISODE_READ)

    assert Program.objects.filter(pk__in=facts.values("program")).count() == 1
    with pytest.raises(NoActor):
        list(facts)
    with pytest.raises(NoActor):
        list(facts.values("came_because"))
