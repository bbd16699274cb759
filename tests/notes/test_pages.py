"""The pages of notes: write, keep, sign, two windows, amend, attempt; and what each refuses."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client as Browser
from django.urls import reverse

from tests.factories import notes as make_notes
from tests.factories import programs as make
from wayfellow.access import drafts
from wayfellow.kernel import clock
from wayfellow.kernel.ids import new_id
from wayfellow.notes import selectors, services
from wayfellow.people.models import Client

pytestmark = pytest.mark.django_db
NAME = "Renee Castellanos"


@pytest.fixture
def browser(place):
    return signed_in(place.worker)


def signed_in(staff):
    found = Browser()
    found.force_login(staff.user)
    return found


def url(place, name, note=None):
    about = {"client_id": place.client.pk} | ({"note_id": getattr(note, "pk", note)} if note else {})
    return reverse(f"notes:{name}", kwargs=about)


def sent(**fields):
    """What the form sends for a visit."""
    values = {"key": str(new_id()), "note_version": "", "kind": "visit", "reached": "in_touch", "format": "free"}
    values |= {"happened_at": "2026-01-05T10:30", "part_words": "We walked to the bank.", "client_can_read": "on"}
    return values | {"act": "keep", "signed_name": ""} | fields


def soup(answer):
    return BeautifulSoup(answer.content, "html.parser")


def text(answer):
    return " ".join(soup(answer).get_text(" ").split())


def form_values(answer):
    """The note's form as a browser would send it, without the button."""
    values = {}
    for field in soup(answer).find(id="note-form").find_all(["input", "textarea", "select"]):
        if field.get("type") in ("radio", "checkbox") and not field.has_attr("checked"):
            continue
        if field.name == "select":
            chosen = field.find("option", selected=True) or field.find("option")
            values[field["name"]] = [chosen["value"]]
        elif field.get("name"):
            # A browser drops the line end that follows the opening tag of a textarea.
            default = "on" if field.get("type") == "checkbox" else ""
            content = field.text.lstrip("\r\n") if field.name == "textarea" else field.get("value", default)
            values.setdefault(field["name"], []).append(content)
    values.pop("csrfmiddlewaretoken", None)
    return values


def the_note(place):
    return selectors.notes(actor=place.me)[0]


# Keeping and signing ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_note_is_kept_for_later(browser, place, headers):
    answer = browser.post(url(place, "note_write"), sent(minutes="40", where="At the bank"), headers=headers)

    note = the_note(place)
    assert answer["Location"] == url(place, "note", note)
    assert (note.minutes, note.where, note.parts) == (40, "At the bank", {"words": "We walked to the bank."})
    assert clock.local(note.happened_at, place.agency.timezone).strftime("%H:%M") == "10:30"
    assert note.signed_at is None


def test_a_note_is_signed_in_the_same_press(browser, place):
    visit = make_notes.intervention(place.client, place.episode)

    answer = browser.post(url(place, "note_write"), sent(act="sign", signed_name=NAME, threads=[visit.pk]), follow=True)

    assert the_note(place).signed_name == NAME
    assert "Letter for letter as it was signed" in text(answer)
    assert "A home that holds" in text(answer)


def test_the_form_can_be_sent_just_as_it_came(browser, place):
    answer = browser.post(url(place, "note_write"), form_values(browser.get(url(place, "note_write"))))

    assert answer.status_code == 302
    assert the_note(place).is_contact


def test_a_double_click_is_one_note(browser, place):
    values = sent()

    first, second = (browser.post(url(place, "note_write"), values) for _click in range(2))

    assert first["Location"] == second["Location"]
    assert len(selectors.notes(actor=place.me)) == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"minutes": "-5"}, "Write whole minutes"),
        ({"minutes": "half"}, "Write whole minutes"),
        ({"happened_at": "2999-01-01T10:00"}, "This is still to come"),
        ({"happened_at": ""}, "Write when it happened"),
        ({"kind": "other"}, "Say how in a word or two"),
        ({"reached": "not_with_them"}, "For what wasn’t with them"),
        ({"act": "sign"}, "Type your name to sign"),
        ({"act": "sign", "signed_name": "Mona"}, f"Sign with your name as it stands here: {NAME}"),
        (
            {"act": "sign", "signed_name": NAME, "part_words": "", "part_plan": ""},
            "There are no words in this note yet",
        ),
        ({"act": "sign", "signed_name": NAME, "client_can_read": ""}, "Say why in a few words"),
        ({"part_words": "x" * 60_001}, "longer than one part of a note can be"),
    ],
)
def test_what_is_missing_is_said_and_every_word_is_kept(browser, place, wrong, said):
    values = sent(part_plan="Call on Friday.") | wrong

    answer = browser.post(url(place, "note_write"), values)

    assert answer.status_code == 422
    assert said in text(answer)
    assert form_values(answer)["part_plan"] == [values["part_plan"]]
    assert form_values(answer)["part_words"] == [values["part_words"]]
    assert selectors.notes(actor=place.me) == []


@pytest.mark.parametrize(
    ("wish", "is_contact", "attempt"),
    [
        ({"reached": "no_answer", "kind": "call"}, False, "no_answer"),
        ({"kind": "with_others"}, False, ""),
        ({"kind": "other", "kind_words": "Paperwork", "reached": "not_with_them"}, False, ""),
        ({"kind": "other", "kind_words": "At the park"}, True, ""),
    ],
)
def test_what_counts_as_a_contact(browser, place, wish, is_contact, attempt):
    browser.post(url(place, "note_write"), sent(**wish))

    assert (the_note(place).is_contact, the_note(place).attempt) == (is_contact, attempt)


def test_words_of_another_format_are_kept_too(browser, place):
    browser.post(url(place, "note_write"), sent(format="dap", part_data="Rested.", part_words="And this."))

    assert the_note(place).parts == {"data": "Rested.", "words": "And this."}


def test_a_choice_of_program_is_offered_when_there_are_two(browser, place):
    second = make.episode(place.client, make.program(place.agency, name="Housing first"))
    make.assignment(place.worker, second, kind="secondary")

    page = browser.get(url(place, "note_write"))
    browser.post(url(place, "note_write"), sent(episode=str(second.pk)))

    assert "Housing first" in text(page)
    assert the_note(place).episode_id == second.pk


def test_what_belongs_to_another_program_is_said_and_kept(browser, place):
    second = make.episode(place.client, make.program(place.agency))
    make.assignment(place.worker, second, kind="secondary")
    theirs = make_notes.intervention(place.client, second)

    answer = browser.post(url(place, "note_write"), sent(episode=str(place.episode.pk), threads=[str(theirs.pk)]))

    assert answer.status_code == 422
    assert "belongs to another program" in text(answer)


# Drafts, reloads, two windows ---------------------------------------------------------------------------------------


def test_a_draft_comes_back_after_a_reload_and_goes_when_the_note_is_kept(browser, place):
    draft = reverse("access:draft_save", kwargs={"client_id": place.client.pk, "form": "note"})
    visit = make_notes.intervention(place.client, place.episode)
    typed = {"groups": ["part_words", "threads"], "fields.part_words": "part_words", "fields.threads": "threads"}
    assert browser.post(draft, typed | {"part_words": "We walked to", "threads": str(visit.pk)}).status_code == 200

    reloaded = browser.get(url(place, "note_write"))
    browser.post(url(place, "note_write"), sent())

    assert form_values(reloaded)["part_words"] == ["We walked to"]
    assert form_values(reloaded)["threads"] == [str(visit.pk)]
    assert "is here" in text(reloaded)
    assert drafts.take(actor=place.me, form="note", client_id=place.client.pk) == {}
    assert form_values(browser.get(url(place, "note_write")))["part_words"] == [""]


def test_the_note_goes_on_where_it_was_left(browser, place):
    visit = make_notes.intervention(place.client, place.episode)
    content = make_notes.content(minutes=25)
    begun = {"client": place.client, "key": new_id(), "at": place.me.at, "content": content, "threads": [visit]}
    note = services.note_write(actor=place.me, **begun)

    values = form_values(browser.get(url(place, "note_write", note)))
    answer = browser.post(url(place, "note_write", note), values | {"part_words": "More.", "act": "keep"})

    assert answer.status_code == 302
    assert values["threads"] == [str(visit.pk)]
    assert (the_note(place).parts, the_note(place).minutes) == ({"words": "More."}, 25)


def test_two_windows_lose_nobodys_words(browser, place):
    note = make_notes.note(place.client, place.worker, place.episode)
    page = form_values(browser.get(url(place, "note_write", note)))
    browser.post(url(place, "note_write", note), page | {"part_words": "From the phone.", "act": "keep"})

    clash = browser.post(url(place, "note_write", note), page | {"part_words": "From the desk.", "act": "keep"})
    both = browser.post(url(place, "note_write", note), form_values(clash) | {"act": "both"})

    assert clash.status_code == 422
    assert "From the phone." in text(clash)
    assert form_values(clash)["part_words"] == ["From the desk."]
    assert both.status_code == 302
    assert the_note(place).parts == {"words": "From the phone.\n\nFrom the desk."}


def test_the_other_version_stays_in_sight_until_it_is_settled(browser, place):
    note = make_notes.note(place.client, place.worker, place.episode)
    page = form_values(browser.get(url(place, "note_write", note)))
    browser.post(url(place, "note_write", note), page | {"part_words": "From the phone.", "act": "keep"})
    clash = browser.post(url(place, "note_write", note), page | {"part_words": "From the desk.", "act": "keep"})

    unsettled = browser.post(url(place, "note_write", note), form_values(clash) | {"act": "sign"})

    assert "Type your name to sign" in text(unsettled)
    assert "From the phone." in text(unsettled)
    assert form_values(unsettled)["part_words"] == ["From the desk."]


def test_a_page_from_before_the_first_save_is_shown_both_too(browser, place):
    values = sent()
    browser.post(url(place, "note_write"), values)

    clash = browser.post(url(place, "note_write"), values | {"part_words": "Typed after going back."})
    kept = browser.post(soup(clash).find(id="note-form")["action"], form_values(clash) | {"act": "keep"})

    assert clash.status_code == 422
    assert "We walked to the bank." in text(clash)
    assert kept.status_code == 302
    assert the_note(place).parts == {"words": "Typed after going back."}


def test_words_that_come_after_the_signature_are_shown_not_dropped(browser, place):
    note = make_notes.note(place.client, place.worker, place.episode)
    page = form_values(browser.get(url(place, "note_write", note)))
    browser.post(url(place, "note_write", note), page | {"act": "sign", "signed_name": NAME})

    late = browser.post(url(place, "note_write", note), page | {"part_words": "One more thing.", "act": "keep"})

    assert late.status_code == 422
    assert "add them to it as an amendment" in text(late)
    assert form_values(late)["part_words"] == ["One more thing."]
    assert the_note(place).parts == note.parts


# Reading ------------------------------------------------------------------------------------------------------------


def test_a_signed_note_opens_for_reading_only(browser, place):
    note = make_notes.signed_note(place.client, place.worker, place.episode)

    assert browser.get(url(place, "note_write", note))["Location"] == url(place, "note", note)


def test_a_colleagues_unsigned_note_is_a_missing_page(place):
    note, colleague = make_notes.note(place.client, place.worker, place.episode), signed_in(place.colleague)

    for name in ("note", "note_write", "note_amend"):
        hidden, missing = colleague.get(url(place, name, note)), colleague.get(url(place, name, uuid4()))
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content == missing.content


def test_a_stranger_sees_missing_pages(place):
    note, stranger = make_notes.signed_note(place.client, place.worker, place.episode), signed_in(place.stranger)

    for name, one in [
        ("notes", None),
        ("note_write", None),
        ("attempt_record", None),
        ("note", note),
        ("note_amend", note),
    ]:
        for method in (stranger.get, stranger.post):
            assert method(url(place, name, one)).status_code == 404


def test_the_list_is_paged_and_narrowed(browser, place):
    visit = make_notes.intervention(place.client, place.episode)
    for number in range(26):
        make_notes.signed_note(place.client, place.worker, place.episode, parts={"words": f"Number {number}."})
    make_notes.thread(the_note(place), visit)

    first = browser.get(url(place, "notes"))
    served = browser.get(url(place, "notes"), {"served": str(visit.pk)})
    nothing = browser.get(url(place, "notes"), {"show": "attempts"})
    odd = browser.get(url(place, "notes"), {"served": "x", "show": "y", "page": "z"})

    assert len(soup(first).select("ol.thread > li")) == 25
    assert "1 to 25 of 26" in text(first)
    assert len(soup(served).select("ol.thread > li")) == 1
    assert "Weekly visit" in text(served)
    assert "Nothing fits what you chose" in text(nothing)
    assert odd.status_code == 200


def test_the_empty_list_says_how_it_begins(browser, place):
    assert "The first contact begins the record" in text(browser.get(url(place, "notes")))


def test_a_full_list_costs_as_many_statements_as_an_empty_one(browser, place, django_assert_max_num_queries):
    for _note in range(25):
        make_notes.signed_note(place.client, place.worker, place.episode)
    browser.get(url(place, "notes"))

    with django_assert_max_num_queries(24):
        browser.get(url(place, "notes"))


def test_the_writing_page_costs_few_statements(browser, place, django_assert_max_num_queries):
    for _one in range(5):
        make_notes.intervention(place.client, place.episode)
    browser.get(url(place, "note_write"))

    with django_assert_max_num_queries(28):
        browser.get(url(place, "note_write"))


def test_markup_is_only_words(browser, place):
    words = "<script>alert(1)</script>\n\n<b>hi</b>"
    note = make_notes.signed_note(place.client, place.worker, place.episode, parts={"words": words})

    answer = browser.get(url(place, "note", note))

    assert b"<script>alert" not in answer.content
    assert "<b>hi</b>" in text(answer)


def test_titles_name_the_page_and_never_the_person(browser, place):
    note = make_notes.signed_note(place.client, place.worker, place.episode)

    for address in (url(place, "notes"), url(place, "note", note), url(place, "note_write")):
        assert "Mari" not in soup(browser.get(address)).title.text


# Attempts, amendments, peers ----------------------------------------------------------------------------------------


def test_one_tap_writes_an_attempt_down_and_a_double_tap_is_one(browser, place):
    form = soup(browser.get(url(place, "notes"))).find("form", action=url(place, "attempt_record"))
    values = {field["name"]: field["value"] for field in form.find_all("input")}

    for _tap in range(2):
        assert browser.post(url(place, "attempt_record"), values)["Location"] == url(place, "notes")

    assert [(note.attempt, note.kind) for note in selectors.notes(actor=place.me)] == [("no_answer", "call")]


def test_a_broken_tap_is_said(browser, place):
    answer = browser.post(url(place, "attempt_record"), {"attempt": "shouted"})

    assert answer.status_code == 422
    assert "Tap once more" in text(answer)


def test_after_two_tries_the_page_says_what_else_to_try(browser, place):
    for _try in range(2):
        make_notes.attempt(place.client, place.worker, place.episode)

    said = text(browser.get(url(place, "notes")))

    assert "2 tries since you were last in touch" in said
    assert "Not tried yet" in said
    assert "a message, or a visit" in said


def test_a_note_is_amended_once_and_says_so(browser, place):
    note = make_notes.signed_note(place.client, place.worker, place.episode)
    values = {"key": str(new_id()), "words": "It was the credit union.", "why": "Wrong place"}

    answer = browser.post(url(place, "note_amend", note), values, follow=True)
    browser.post(url(place, "note_amend", note), values)

    assert "Added since" in text(answer)
    assert len(selectors.note(actor=place.me, note_id=note.pk).amendments) == 1


def test_an_amendment_needs_its_reason_and_keeps_the_words(browser, place):
    note = make_notes.signed_note(place.client, place.worker, place.episode)

    answer = browser.post(url(place, "note_amend", note), {"key": str(new_id()), "words": "It was the credit union."})

    assert answer.status_code == 422
    assert "It was the credit union." in text(answer)
    assert "Say why" in text(answer)


def test_peer_support_writes_what_the_team_and_they_can_read(place):
    peer = make.staff(place.agency, "peer_support", name="Pat Reyes")
    make.assignment(peer, place.episode, kind="secondary")
    browser = signed_in(peer)

    page = browser.get(url(place, "note_write"))
    browser.post(url(place, "note_write"), sent(act="sign", signed_name="pat reyes"))

    assert "is_shared_with_peer" not in form_values(page)
    assert the_note(place).is_shared_with_peer
    assert "We walked to the bank." in text(browser.get(url(place, "notes")))


def test_where_no_message_may_be_left_none_is_offered_as_left(browser, place):
    def offered():
        return "Left a message</button>" in browser.get(reverse("notes:notes", args=[place.client.pk])).content.decode()

    assert offered()
    Client._base_manager.filter(pk=place.client.pk).update(is_safe_to_leave_message="no")
    assert not offered()
