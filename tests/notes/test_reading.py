"""Reading notes: newest first, last contacts, what served what; few statements, whatever the years."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from tests.factories import notes as make_notes
from tests.factories import people
from tests.factories import programs as make
from wayfellow.kernel import clock
from wayfellow.notes import selectors

pytestmark = pytest.mark.django_db


def ago(**delta):
    return clock.now() - timedelta(**delta)


def test_the_newest_comes_first_and_attempts_are_among_them(place):
    older = make_notes.signed_note(place.client, place.worker, place.episode, happened_at=ago(days=9))
    newer = make_notes.attempt(place.client, place.worker, place.episode, happened_at=ago(days=2))

    assert selectors.notes(actor=place.other) == [newer, older]
    assert selectors.notes(actor=place.other, limit=1) == [newer]


def test_the_list_narrows(place):
    visit = make_notes.intervention(place.client, place.episode)
    attempt = make_notes.attempt(place.client, place.worker, place.episode)
    signed = make_notes.signed_note(place.client, place.worker, place.episode)
    mine = make_notes.note(place.client, place.worker, place.episode)
    make_notes.thread(signed, visit)

    def found(**wish):
        return set(selectors.notes_found(actor=place.me, **wish))

    assert found() == {attempt, signed, mine}
    assert found(only="contacts") == {signed, mine}
    assert found(only="attempts") == {attempt}
    assert found(only="unsigned") == {mine}
    assert found(served=visit.pk) == {signed}


def test_last_contact_is_two_way_and_counts_before_it_is_signed(place):
    signed = make_notes.signed_note(place.client, place.worker, place.episode, happened_at=ago(days=5))
    make_notes.attempt(place.client, place.worker, place.episode, happened_at=ago(days=1))
    about = {"kind": "with_others", "is_contact": False, "happened_at": ago(hours=2)}
    make_notes.signed_note(place.client, place.worker, place.episode, **about)
    assert selectors.last_contacts(actor=place.other) == {place.client.pk: signed.happened_at}

    unsigned = make_notes.note(place.client, place.worker, place.episode, happened_at=ago(days=3))

    assert selectors.last_contacts(actor=place.other) == {place.client.pk: unsigned.happened_at}


def test_last_contacts_of_a_caseload_are_one_statement_about_those_one_may_know(place, django_assert_num_queries):
    second = make.client_of(place.worker)
    theirs = make.client_of(place.stranger)
    blocked = make.client_of(place.worker)
    people.conflict_block(blocked, place.worker)
    for client in (place.client, second, theirs, blocked):
        make_notes.signed_note(client, place.stranger)
    actor = make.listing_actor(place.worker)
    selectors.last_contacts(actor=actor)  # the first look also reads whom the actor knows

    with django_assert_num_queries(1):
        found = selectors.last_contacts(actor=actor)

    assert set(found) == {place.client.pk, second.pk}
    assert actor.trail.seen == {place.client.pk, second.pk}


def test_a_contact_in_a_part_2_episode_is_as_if_it_were_not_for_who_has_no_reason_there(place):
    hidden = make.episode(place.client, make.program(place.agency, is_part2=True))
    make_notes.signed_note(place.client, place.stranger, hidden)

    assert selectors.last_contacts(actor=place.me) == {}
    assert selectors.last_contacts(actor=make.actor(place.worker)) == {}
    assert selectors.notes(actor=place.me) == []


def test_what_waits_for_my_signature_is_mine_the_oldest_first(place, django_assert_num_queries):
    newer = make_notes.note(place.client, place.worker, place.episode, happened_at=ago(days=1))
    older = make_notes.note(make.client_of(place.worker), place.worker, happened_at=ago(days=4))
    make_notes.note(place.client, place.colleague, place.episode)
    make_notes.signed_note(place.client, place.worker, place.episode)
    actor = make.listing_actor(place.worker)
    selectors.unsigned(actor=actor)  # the first look also reads whom the actor knows

    with django_assert_num_queries(1):
        found = selectors.unsigned(actor=actor)
        names = [note.client.chosen_name for note in found]

    assert found == [older, newer]
    assert "Mari Vega" in names


def test_how_often_an_intervention_was_served_and_when_last(place):
    visit = make_notes.intervention(place.client, place.episode)
    call = make_notes.intervention(place.client, place.episode)
    for days in (30, 20, 10):
        make_notes.thread(
            make_notes.signed_note(place.client, place.worker, place.episode, happened_at=ago(days=days)), visit
        )
    latest = make_notes.signed_note(place.client, place.worker, place.episode, happened_at=ago(days=1))
    make_notes.thread(latest, visit)
    make_notes.thread(make_notes.note(place.client, place.worker, place.episode), call)

    served = selectors.by_intervention(actor=place.other)

    assert set(served) == {visit.pk}
    assert served[visit.pk] == selectors.ServedBy(4, latest)
    assert set(selectors.by_intervention(actor=place.me)) == {visit.pk, call.pk}


def test_years_of_notes_are_counted_without_loading_them(place, django_assert_num_queries):
    visit = make_notes.intervention(place.client, place.episode)
    for days in range(60):
        note = make_notes.signed_note(place.client, place.worker, place.episode, happened_at=ago(days=days))
        make_notes.thread(note, visit)
    assert selectors.notes(actor=place.me, limit=1)  # the standing is known, as on any page

    with django_assert_num_queries(1):
        served = selectors.by_intervention(actor=place.me)

    assert served[visit.pk].count == 60


def test_tries_begin_anew_with_each_contact(place):
    make_notes.attempt(place.client, place.worker, place.episode, happened_at=ago(days=9))
    make_notes.signed_note(place.client, place.worker, place.episode, happened_at=ago(days=5))
    first = make_notes.attempt(place.client, place.worker, place.episode, happened_at=ago(days=3))
    second = make_notes.attempt(place.client, place.colleague, place.episode, happened_at=ago(days=2))

    tries = selectors.tries(actor=place.me, client=place.client)

    assert tries.attempts == [second, first]
    assert tries.advice
    assert "call" not in tries.advice.channels


def test_a_note_opens_with_its_threads_and_amendments_in_few_statements(place):
    visit = make_notes.intervention(place.client, place.episode)
    note = make_notes.signed_note(place.client, place.worker, place.episode)
    make_notes.thread(note, visit)
    added = make_notes.amendment(note, place.worker)

    with CaptureQueriesContext(connection) as queries:
        found = selectors.note(actor=place.me, note_id=note.pk)
        titles = [one.goal.title for one in found.interventions]

    assert found.note == note
    assert found.amendments == [added]
    assert titles == ["A home that holds"]
    assert len(queries) <= 5


def test_on_one_persons_page_no_other_persons_note_opens(place):
    other = make.client_of(place.worker)
    note = make_notes.signed_note(other, place.worker)

    with pytest.raises(Http404):
        selectors.note(actor=place.me, note_id=note.pk)
    with pytest.raises(Http404):
        selectors.note_to_write(actor=place.me, note_id=note.pk)


def test_a_note_received_from_elsewhere_is_read_and_not_to_sign(place):
    received = make_notes.note(place.client, None, place.episode, origin="https://elsewhere.example", origin_id="7")

    assert selectors.notes(actor=place.me) == [received]
    assert selectors.note(actor=place.me, note_id=received.pk).is_as_signed is None
    assert selectors.unsigned(actor=place.me) == []
