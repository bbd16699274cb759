"""Signing and amending: only the author, under their own name, once; and then nothing changes a word of it."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories import notes as make_notes
from tests.factories import people
from tests.factories import programs as make
from wayfellow.access.models import AuditRow
from wayfellow.kernel.ids import new_id
from wayfellow.kernel.refusal import Changed
from wayfellow.notes import selectors, services

pytestmark = pytest.mark.django_db
NAME = "Renee Castellanos"


def mine(place, **fields):
    """The author's own unsigned note, loaded as they load it."""
    made = make_notes.note(place.client, place.worker, place.episode, **fields)
    return selectors.note(actor=place.me, note_id=made.pk).note


def sign(place, note, **fields):
    values = {"actor": place.me, "note": note, "version": 1, "signed_name": NAME, "at": place.me.at}
    return services.note_sign(**(values | fields))


def amend(place, note, **fields):
    values = {"actor": place.me, "note": note, "key": new_id(), "words": "It was Tuesday.", "why": "Wrong day"}
    return services.note_amend(**(values | {"at": place.me.at} | fields))


def test_a_signed_note_carries_the_name_the_moment_and_the_hash(place):
    note = sign(place, mine(place), signed_name=" renee  castellanos ")

    assert note.signed_name == NAME
    assert note.signed_at == place.me.at
    assert len(note.content_hash) == 64
    assert selectors.note(actor=place.me, note_id=note.pk).is_as_signed
    assert AuditRow.objects.get(verb="notes.note.sign").record_id == note.pk


def test_somebody_elses_name_signs_nothing(place):
    with pytest.raises(services.SignedNameDiffers, match=NAME):
        sign(place, mine(place), signed_name="Rene Castellanos")

    assert selectors.unsigned(actor=place.me) != []


def test_a_colleague_does_not_sign_for_the_author(place):
    note = mine(place)

    with pytest.raises(services.NotTheAuthor):
        sign(place, note, actor=place.other)


def test_a_note_without_words_is_not_signed(place):
    with pytest.raises(services.NothingToSign):
        sign(place, mine(place, parts={}))


def test_a_note_is_kept_from_the_person_only_with_a_reason(place):
    with pytest.raises(services.ReasonMissing):
        sign(place, mine(place, client_can_read=False))


def test_an_older_version_is_not_signed(place):
    note = mine(place, version=2)

    with pytest.raises(Changed):
        sign(place, note, version=1)


def test_signing_again_is_the_same_signature(place):
    note = sign(place, mine(place))

    again = sign(place, note)

    assert again.signed_at == note.signed_at
    assert AuditRow.objects.filter(verb="notes.note.sign").count() == 1


def test_a_stranger_signs_and_amends_nothing(place):
    note, stranger = mine(place), make.actor(place.stranger)

    with pytest.raises(Http404):
        sign(place, note, actor=stranger)
    with pytest.raises(Http404):
        amend(place, note, actor=stranger)


def test_no_service_changes_a_signed_note(place):
    visit = make_notes.intervention(place.client, place.episode)
    signed = sign(place, mine(place))
    before = (signed.parts, signed.content_hash, signed.version, signed.signed_at)
    other = replace(signed.content, parts={"words": "Something else."})
    written = {
        "actor": place.me,
        "client": place.client,
        "key": signed.key,
        "at": place.me.at,
        "version": signed.version,
    }

    with pytest.raises(services.NoteSigned):
        services.note_write(**written, content=other)
    with pytest.raises(services.NoteSigned):
        services.note_write(**written, content=signed.content, threads=[visit])
    with pytest.raises(services.NoteSigned):
        services.note_write(**written, content=other, sign_as=NAME)
    services.attempt_record(
        actor=place.me, client=place.client, key=signed.key, attempt="no_answer", kind="call", at=place.me.at
    )
    amend(place, signed)

    found = selectors.note(actor=place.me, note_id=signed.pk)
    now = found.note
    assert (now.parts, now.content_hash, now.version, now.signed_at) == before
    assert found.is_as_signed
    assert found.interventions == []


def test_an_amendment_stands_beside_the_note_with_author_moment_and_reason(place):
    signed = sign(place, mine(place))

    added = amend(place, selectors.note(actor=place.other, note_id=signed.pk).note, actor=place.other)

    assert selectors.note(actor=place.me, note_id=signed.pk).amendments == [added]
    assert (added.author_name, added.why) == (place.colleague.name, "Wrong day")
    assert AuditRow.objects.get(verb="notes.note.amend").record_id == added.pk


def test_an_amendment_sent_twice_is_one(place):
    signed, key = sign(place, mine(place)), new_id()

    assert amend(place, signed, key=key).pk == amend(place, signed, key=key).pk
    assert len(selectors.note(actor=place.me, note_id=signed.pk).amendments) == 1


def test_an_unsigned_note_is_not_amended(place):
    with pytest.raises(services.NotSigned):
        amend(place, mine(place))


def test_peer_support_amends_nothing(place):
    peer = make.staff(place.agency, "peer_support")
    make.assignment(peer, place.episode, kind="secondary")
    shared = make_notes.signed_note(place.client, place.worker, place.episode, is_shared_with_peer=True)
    actor = make.actor(peer).focused(place.client.pk)

    with pytest.raises(PermissionDenied):
        amend(place, selectors.note(actor=actor, note_id=shared.pk).note, actor=actor)


def test_words_changed_behind_the_products_back_show(place):
    signed = make_notes.signed_note(place.client, place.worker, place.episode, content_hash="f" * 64)
    type(signed)._base_manager.filter(pk=signed.pk).update(parts={"words": "Forged."})

    assert selectors.note(actor=place.me, note_id=signed.pk).is_as_signed is False


class TestVersions(TestCase):
    """Whatever order two pages save in, no save that was accepted is written over by one that hadn't seen it."""

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.sampled_from(["save phone", "save desk", "reload phone", "reload desk"]), max_size=8))
    def test_no_accepted_words_are_overwritten_unseen(self, steps):
        agency = make.agency()
        worker = make.staff(agency)
        client = people.client(agency)
        make.assignment(worker, make.episode(client, make.program(agency)))
        actor = make.actor(worker).focused(client.pk)
        values = {"actor": actor, "client": client, "key": new_id(), "at": actor.at}
        note = services.note_write(**values, content=make_notes.content(parts={"words": "0"}))
        seen = {"phone": note.version, "desk": note.version}
        words, version = "0", note.version

        for number, step in enumerate(steps, 1):
            act, page = step.split()
            if act == "reload":
                seen[page] = version
                continue
            try:
                saved = services.note_write(
                    **values, version=seen[page], content=make_notes.content(parts={"words": str(number)})
                )
            except Changed:
                assert seen[page] != version
            else:
                assert seen[page] == version
                words, version = str(number), saved.version
                seen[page] = version
            assert selectors.notes(actor=actor)[0].parts == {"words": words}
