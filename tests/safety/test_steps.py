"""A safety step: it opens at once, keeps what was asked and done, closes only with what was done."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories import people
from tests.factories import programs as make
from tests.factories import safety as make_safety
from wayfellow.access import drafts
from wayfellow.access.errors import AccessDenied, Hidden
from wayfellow.access.models import AuditRow, Draft
from wayfellow.kernel.ids import new_id
from wayfellow.kernel.refusal import Changed
from wayfellow.safety import rules, selectors, services
from wayfellow.safety.models import SafetyStep

pytestmark = pytest.mark.django_db
NO_TO_ALL = dict.fromkeys(rules.FIRST_FOUR, "no")


def begin(place, **more):
    fields = {"actor": place.me, "client": place.client, "key": new_id(), "why_words": "I can’t any more"}
    return services.step_open(**(fields | {"at": place.me.at} | more))


def write(place, step, **more):
    fields = {"actor": place.me, "step": step, "version": step.version, "answers": {}, "called": "", "done": ""}
    return services.step_write(**(fields | {"next_contact_date": None, "at": place.me.at, "close": False} | more))


def everything():
    return SafetyStep.objects.for_policy().order_by("pk")


def test_a_step_opens_with_what_they_said_in_the_program_they_are_in(place):
    found = begin(place)

    assert (found.why, found.why_words, found.episode_id) == ("words", "I can’t any more", place.episode.pk)
    assert found.opened_by == place.worker.pk
    assert AuditRow.objects.filter(verb="safety.step.open", record_id=found.pk).count() == 1


def test_sent_twice_is_one_step(place):
    key = new_id()

    assert begin(place, key=key).pk == begin(place, key=key).pk
    assert everything().count() == 1
    assert AuditRow.objects.filter(verb="safety.step.open").count() == 1


def test_what_was_asked_and_done_is_kept_while_it_stays_open(place):
    step = write(place, begin(place), answers={"asq-1": "yes", "asq-2": ""}, called="Patrice", done="She is with me.")

    (found,) = selectors.open_steps(actor=place.me)
    assert (found.answers, found.outcome, found.called) == ({"asq-1": "yes"}, "positive", "Patrice")
    assert (found.version, found.closed_at) == (2, None)
    assert AuditRow.objects.filter(verb="safety.step.write", record_id=step.pk).count() == 1


def test_it_closes_with_what_was_done_and_by_whom(place):
    step = write(place, begin(place), answers=NO_TO_ALL, done="Her sister stays the night.", close=True)

    assert (step.closed_at, step.closed_by, step.outcome) == (place.me.at, place.worker.pk, "negative")
    assert selectors.open_steps(actor=place.me) == []
    assert [one.pk for one in selectors.closed_steps(actor=place.me)] == [step.pk]


def test_it_may_close_without_the_questions_and_says_so(place):
    step = write(place, begin(place), done="We went to the emergency room.", close=True)

    assert step.outcome == "not_asked"


def test_it_does_not_close_without_what_was_done(place):
    step = begin(place)

    with pytest.raises(services.NothingDone):
        write(place, step, done="  ", close=True)

    assert everything().get().closed_at is None


def test_the_database_keeps_that_too(place):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_safety.step(place.client, closed_at=place.me.at, done="")


def test_what_is_closed_is_not_changed(place):
    step = write(place, begin(place), done="Her sister stays.", close=True)

    with pytest.raises(services.StepClosed):
        write(place, step, done="Something else.")


def test_two_who_write_at_once_are_told(place):
    step = begin(place)
    write(place, selectors.step(actor=place.other, step_id=step.pk), actor=place.other, done="Theirs")

    with pytest.raises(Changed) as told:
        write(place, step, done="Mine")

    assert told.value.theirs.done == "Theirs"


def test_what_is_no_answer_is_refused(place):
    with pytest.raises(rules.NotAnAnswer):
        write(place, begin(place), answers={"asq-1": "maybe"})


def test_the_draft_is_gone_when_it_is_kept(place):
    step = begin(place)
    code = services.draft_form(step_id=step.pk)
    drafts.save(actor=place.me, form=code, client_id=place.client.pk, fields={"done": ["We"]}, at=place.me.at)

    write(place, step, done="We walked.")

    assert not Draft.objects.exists()


def test_a_stranger_opens_and_writes_nothing(place):
    step = begin(place)

    with pytest.raises(Hidden):
        begin(place, actor=place.stranger_actor)
    with pytest.raises(Hidden):
        write(place, step, actor=place.stranger_actor, done="x")
    with pytest.raises(Hidden):
        selectors.step(actor=make.actor(place.stranger).focused(place.client.pk), step_id=step.pk)


def test_a_program_manager_knows_the_name_but_no_step(place):
    manager = make.staff(place.agency, "program_manager")
    make.management(manager, place.program)

    with pytest.raises(AccessDenied):
        begin(place, actor=make.actor(manager))


def test_peer_support_may_open_one(place):
    peer = make.staff(place.agency, "peer_support")
    make.assignment(peer, place.episode, kind="secondary")

    assert begin(place, actor=make.actor(peer).focused(place.client.pk)).opened_by == peer.pk


def test_steps_come_newest_first_and_only_of_this_person(place):
    old = make_safety.step(place.client, opened_at=place.me.at - timedelta(days=3))
    new = begin(place)
    make_safety.step(people.client(place.agency))

    assert [one.pk for one in selectors.steps(actor=place.me)] == [new.pk, old.pk]


def test_recent_ones_of_everyone_come_open_first(place):
    long_ago, yesterday = place.me.at - timedelta(days=40), place.me.at - timedelta(days=1)
    still_open = make_safety.step(place.client, opened_at=long_ago)
    over = {"closed_at": place.me.at, "done": "Her sister stays."}
    closed = make_safety.step(place.client, opened_at=yesterday, **over)
    make_safety.step(place.client, opened_at=long_ago, **over)
    make_safety.step(people.client(place.agency), opened_at=yesterday)

    found = selectors.recent(actor=make.actor(place.worker), since=place.me.at - timedelta(days=7))

    assert [one.pk for one in found] == [still_open.pk, closed.pk]
