"""Writing notes: one row for one key, nothing lost between two pages, threads, drafts, and who may."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from tests.factories import notes as make_notes
from tests.factories import people
from tests.factories import programs as make
from wayfellow.access import drafts
from wayfellow.access.models import AuditRow
from wayfellow.kernel import clock
from wayfellow.kernel.ids import new_id
from wayfellow.kernel.refusal import Changed
from wayfellow.notes import selectors, services

pytestmark = pytest.mark.django_db


def write(place, actor=None, **fields):
    actor = actor or place.me
    values = {"client": place.client, "key": new_id(), "at": actor.at, "content": make_notes.content()}
    return services.note_write(actor=actor, **(values | fields))


def test_a_note_lands_in_the_episode_where_its_author_works(place):
    note = write(place)

    assert note.episode_id == place.episode.pk
    assert note.author_id == place.worker.pk
    assert note.signed_at is None
    assert selectors.notes(actor=place.me) == [note]


def test_writing_leaves_one_audit_row_with_the_reason(place):
    note = write(place)

    row = AuditRow.objects.get(record_id=note.pk)
    assert (row.verb, row.client_id, row.reason) == ("notes.note.write", place.client.pk, "assignment")


def test_the_same_form_sent_twice_is_one_note_and_one_audit_row(place):
    key, content = new_id(), make_notes.content()

    first = write(place, key=key, content=content)
    second = write(place, key=key, content=content)

    assert second.pk == first.pk
    assert len(selectors.notes(actor=place.me)) == 1
    assert AuditRow.objects.filter(verb="notes.note.write").count() == 1


def test_a_double_click_on_sign_is_one_signature(place):
    key, content = new_id(), make_notes.content()

    first = write(place, key=key, content=content, sign_as="Renee Castellanos")
    second = write(place, key=key, content=content, sign_as="Renee Castellanos")

    assert second.pk == first.pk
    assert second.content_hash == first.content_hash
    assert AuditRow.objects.filter(verb="notes.note.sign").count() == 1


def test_other_words_from_a_page_that_did_not_see_the_first_save_lose_nobody(place):
    key = new_id()
    write(place, key=key, content=make_notes.content(parts={"words": "From the first page."}))

    with pytest.raises(Changed) as refusal:
        write(place, key=key, content=make_notes.content(parts={"words": "From the page before."}))

    assert refusal.value.theirs.parts == {"words": "From the first page."}
    assert refusal.value.mine["parts"] == {"words": "From the page before."}


def test_a_note_is_changed_by_the_version_that_was_seen(place):
    note = write(place)

    changed = write(place, key=note.key, version=1, content=make_notes.content(parts={"words": "We sat on a bench."}))

    assert changed.pk == note.pk
    assert changed.version == 2
    assert selectors.notes(actor=place.me)[0].parts == {"words": "We sat on a bench."}


def test_a_version_that_is_gone_by_is_refused_with_both_texts(place):
    note = write(place)
    write(place, key=note.key, version=1, content=make_notes.content(parts={"words": "On the phone."}))

    with pytest.raises(Changed) as refusal:
        write(place, key=note.key, version=1, content=make_notes.content(parts={"words": "On the computer."}))

    assert refusal.value.theirs.parts == {"words": "On the phone."}
    assert selectors.notes(actor=place.me)[0].parts == {"words": "On the phone."}


def test_saving_clears_the_draft_and_a_refused_save_keeps_it(place):
    where = {"actor": place.me, "form": "note", "client_id": place.client.pk}
    drafts.save(**where, group="words", fields={"part_words": ["We walked"]}, at=place.me.at)

    with pytest.raises(services.SignedNameDiffers):
        write(place, sign_as="Somebody Else")
    kept = drafts.take(**where)
    write(place)

    assert kept["part_words"] == "We walked"
    assert drafts.take(**where) == {}
    assert len(selectors.notes(actor=place.me)) == 1


def test_keeping_one_note_leaves_the_draft_of_another_alone(place):
    note = write(place)
    where = {"actor": place.me, "form": "note", "client_id": place.client.pk}
    drafts.save(**where, group="words", fields={"part_words": ["The next note"]}, at=place.me.at)

    changed = make_notes.content(parts={"words": "We sat down."})
    write(place, key=note.key, version=1, content=changed, draft=f"note-{note.pk}")

    assert drafts.take(**where)["part_words"] == "The next note"


def test_parts_of_the_plan_are_linked_and_taken_off(place):
    visit = make_notes.intervention(place.client, place.episode)
    call = make_notes.intervention(place.client, place.episode, title="Call Legal Aid")
    note = write(place, threads=[visit])

    changed = write(place, key=note.key, version=1, content=note.content, threads=[call])

    assert selectors.interventions_of(actor=place.me, note=changed) == [call]


def test_only_threads_changed_is_a_change_too(place):
    visit = make_notes.intervention(place.client, place.episode)
    note = write(place)

    changed = write(place, key=note.key, version=1, content=note.content, threads=[visit])

    assert changed.version == 2


def test_what_belongs_to_another_program_is_refused(place):
    other = make.episode(place.client, make.program(place.agency, is_part2=True))
    make.assignment(place.worker, other, kind="secondary")
    theirs = make_notes.intervention(place.client, other)

    with pytest.raises(services.OtherProgram):
        write(place, episode=place.episode, threads=[theirs])


def test_what_belongs_to_another_person_is_hidden(place):
    theirs = make_notes.intervention(make.client_of(place.worker))

    with pytest.raises(Http404):
        write(place, threads=[theirs])


def test_a_part_2_note_needs_a_reason_for_its_episode(place):
    other = make.episode(place.client, make.program(place.agency, is_part2=True))

    with pytest.raises(Http404):
        write(place, episode=other)


def test_a_stranger_writes_nothing(place):
    actor = make.actor(place.stranger)

    with pytest.raises(Http404):
        write(place, actor=actor)


def test_a_program_manager_knows_the_person_and_writes_nothing(place):
    manager = make.staff(place.agency, "program_manager")
    make.management(manager, place.program)

    with pytest.raises(PermissionDenied):
        write(place, actor=make.actor(manager))


def test_what_peer_support_writes_peer_support_can_read(place):
    peer = make.staff(place.agency, "peer_support")
    make.assignment(peer, place.episode, kind="secondary")
    actor = make.actor(peer).focused(place.client.pk)

    note = write(place, actor=actor)

    assert note.is_shared_with_peer
    assert selectors.notes(actor=actor) == [note]


def test_peer_support_reads_shared_notes_only(place):
    peer = make.staff(place.agency, "peer_support")
    make.assignment(peer, place.episode, kind="secondary")
    shared = make_notes.signed_note(place.client, place.worker, place.episode, is_shared_with_peer=True)
    private = make_notes.signed_note(place.client, place.worker, place.episode)
    actor = make.actor(peer).focused(place.client.pk)

    assert selectors.notes(actor=actor) == [shared]
    with pytest.raises(Http404):
        selectors.note(actor=actor, note_id=private.pk)


def test_an_unsigned_note_is_its_authors_alone(place):
    note = write(place)

    assert selectors.notes(actor=place.other) == []
    with pytest.raises(Http404):
        selectors.note(actor=place.other, note_id=note.pk)


def test_nobody_changes_a_colleagues_note_by_its_key(place):
    note = write(place)
    stolen = replace(note.content, parts={"words": "Not mine."})

    with pytest.raises(Http404):
        write(place, actor=place.other, key=note.key, version=1, content=stolen)

    assert selectors.notes(actor=place.me)[0].parts == note.parts


def test_an_attempt_is_one_tap_and_closed_at_once(place):
    key = new_id()
    tap = {"client": place.client, "key": key, "attempt": "no_answer", "kind": "call", "at": place.me.at}

    first = services.attempt_record(actor=place.me, **tap)
    second = services.attempt_record(actor=place.me, **tap)

    assert second.pk == first.pk
    assert not first.is_contact
    assert first.signed_at
    assert selectors.note(actor=place.me, note_id=first.pk).is_as_signed
    assert selectors.unsigned(actor=place.me) == []
    assert AuditRow.objects.filter(record_id=first.pk).count() == 1


def test_a_stranger_records_no_attempt(place):
    actor = make.actor(place.stranger)

    with pytest.raises(Http404):
        services.attempt_record(
            actor=actor, client=place.client, key=new_id(), attempt="no_answer", kind="call", at=actor.at
        )


def test_a_client_without_an_episode_can_be_written_about_by_who_took_them_in(place):
    newcomer = people.client(place.agency)
    people.intake(newcomer, place.worker)
    actor = make.actor(place.worker, clock.now() + timedelta(seconds=1))

    note = write(place, actor=actor, client=newcomer)

    assert note.episode_id is None
