"""Files are read within limits; what isn't a Bundle of R4 is refused as a whole, and no markup comes through."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import fhir as bundles
from wayfellow.fhir import bundle
from wayfellow.fhir.node import Bad, Node


def read(whole):
    return bundle.read(bundles.as_bytes(whole))


def refused(data, words):
    with pytest.raises(bundle.NotABundle, match=words):
        bundle.read(data if isinstance(data, bytes) else bundles.as_bytes(data))


# Refused as a whole -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not JSON: line 1"),
        (b'{"resourceType": "Bundle", ', "not JSON: line 1"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b"<Bundle xmlns='http://hl7.org/fhir'/>", "not JSON"),
        (b"[]", "no FHIR Bundle"),
        (b'{"resourceType": "Bundle", "type": "collection", "entry": [{"a": NaN}]}', "a number that JSON"),
        (b'{"a": 1e999}', "a number that JSON"),
        (b'{"a": ' + b"9" * 5000 + b"}", "a number that JSON"),
        (b'{"resourceType": "Bundle", "resourceType": "Patient"}', "twice"),
        (b'{"a":' + b"[" * 100_000, "deeper"),
        (b'{"a":' + b"[" * 80 + b"]" * 80 + b"}", "deeper"),
    ],
)
def test_what_is_no_json_of_fhir_is_refused(data, words):
    refused(data, words)


def test_a_resource_alone_is_no_bundle():
    refused(bundles.patient(), "resourceType: the file holds Patient")


def test_a_history_brings_no_records():
    refused(bundles.bundle(type="history"), "type: history")


def test_a_list_of_entries_that_is_no_list_is_refused():
    refused({"resourceType": "Bundle", "type": "collection", "entry": {}}, "entry: a list")


def test_a_file_of_sixty_megabytes_is_refused_before_it_is_parsed():
    refused(b" " * (60 * 1024 * 1024), "bigger than 50 MB")


def test_too_many_entries_are_refused(monkeypatch):
    monkeypatch.setattr(bundle, "MAX_ENTRIES", 2)

    refused(bundles.bundle(*[bundles.condition(f"c{n}") for n in range(3)]), "more than 2 entries")


@pytest.mark.parametrize(
    ("resource", "words"),
    [
        ({"resourceType": "Condition", "clinicalStatus": "active"}, r"entry\[1\].resource.clinicalStatus: .*STU3"),
        ({"resourceType": "MedicationOrder"}, "DSTU2"),
        ({"resourceType": "ProcedureRequest"}, "STU3"),
        ({"resourceType": "Goal", "status": "on-target"}, "STU3"),
        ({"resourceType": "Encounter", "class": [{"coding": []}]}, "R5"),
        ({"resourceType": "MedicationRequest", "medication": {"concept": {}}}, "R5"),
        ({"resourceType": "Patient", "meta": {"profile": ["http://hl7.org/fhir/STU3/x"]}}, "another version"),
    ],
)
def test_another_version_of_fhir_is_refused_with_the_place_that_shows_it(resource, words):
    refused(bundles.bundle(bundles.patient(), resource), words)


def test_us_core_5_is_a_guide_to_r4_and_not_r5():
    profile = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient|5.0.1"

    assert len(read(bundles.bundle(bundles.patient(meta={"profile": [profile]}))).entries) == 1


# Entries ------------------------------------------------------------------------------------------------------------


def test_an_entry_that_is_none_is_bad_and_the_others_are_read():
    whole = bundles.bundle(bundles.patient())
    whole["entry"] += ["x", {}, {"resource": {"id": "y"}}, {"resource": {"resourceType": "Flag", "id": "a b"}}]

    found = read(whole)

    assert len(found.entries) == 1
    assert [bad.path for _, bad in found.bad] == [
        "entry[1]", "entry[2].resource", "entry[3].resource.resourceType", "entry[4].resource.id",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "reference",
    ["Patient/p1", f"{bundles.BASE}/Patient/p1", "Patient/p1/_history/3", "Patient?identifier=urn:clinic:number|N-p1"],
)
def test_a_reference_finds_its_entry_in_each_way_fhir_allows(reference):
    found = read(bundles.bundle(bundles.patient()))

    assert found.entry(Node({"reference": reference}, "x")) is found.entries[0]


def test_a_resource_without_an_id_goes_by_its_address():
    nameless = bundles.patient()
    del nameless["id"]
    whole = bundles.bundle()
    whole["entry"] = [{"fullUrl": "urn:uuid:8adf7251-257f-4b45-8ef5-0a6b3b9fe0ef", "resource": nameless}]

    assert read(whole).entries[0].key == "Patient/8adf7251-257f-4b45-8ef5-0a6b3b9fe0ef"


# Markup --------------------------------------------------------------------------------------------------------------

EVIL = "<script>alert(1)</script>"


def test_narrative_is_left_behind_wherever_it_stands():
    narrative = {"status": "generated", "div": f"<div>{EVIL}</div>"}
    contained = {"resourceType": "Practitioner", "id": "d", "text": narrative}

    found = read(bundles.bundle(bundles.patient(text=narrative, contained=[contained])))

    assert "text" not in found.entries[0].resource.value
    assert found.entries[0].resource.value["contained"] == [{"resourceType": "Practitioner", "id": "d"}]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"Panic {EVIL}disorder", "Panic disorder"),
        ("<b onclick='x()'>Panic</b> disorder", "Panic disorder"),
        ("Hemoglobin A1c in Blood < 7.0", "Hemoglobin A1c in Blood < 7.0"),
        ("A & B <i>C</i> < 7", "A & B C < 7"),
        ("<scr<script>ipt>alert(1)</script>", "ipt>alert(1)"),
        ("nul\x00 and half \ud800 a pair", "nul and half  a pair"),
    ],
)
def test_text_is_freed_of_markup_and_of_what_no_database_holds(text, kept):
    cleaned = bundle.plain(text)

    assert "<s" not in cleaned
    assert cleaned == kept or "alert" in text


@given(st.text(alphabet="<>/!?&;ltgamp scriptb=\"'", max_size=60))
def test_no_tag_survives_whatever_is_sent(text):
    assert not bundle._TAG.search(bundle.plain(text))


# Looking carefully ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("look", "value"),
    [
        (lambda node: node.node("x"), []),
        (lambda node: node.nodes("x"), {}),
        (lambda node: node.nodes("x"), ["a"]),
        (lambda node: node.text("x"), 3),
        (lambda node: node.texts("x"), "a"),
        (lambda node: node.truth("x"), "true"),
        (lambda node: node.day("x"), "2026-13-01"),
        (lambda node: node.day("x"), "yesterday"),
        (lambda node: node.moment("x"), "2026-01-01T25:00:00Z"),
        (lambda node: node.moment("x"), "2026-01-01T10:00:00"),
        (lambda node: node.whole("x"), 1.5),
        (lambda node: node.whole("x"), True),
        (lambda node: node.whole("x"), 1e300),
    ],
)
def test_a_value_of_the_wrong_shape_is_named_by_its_path(look, value):
    with pytest.raises(Bad) as caught:
        look(Node({"x": value}, "entry[4].resource"))

    assert caught.value.path.startswith("entry[4].resource.x")


def test_a_month_is_no_day():
    assert Node({"x": "1990-02"}, "").day("x") is None
    assert Node({"x": "1990"}, "").moment("x") is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=20,
    )
)
def test_whatever_json_comes_is_read_or_refused_and_nothing_breaks(value):
    whole = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": value}, value]}
    with suppress(bundle.NotABundle):
        read(json.loads(json.dumps(whole)))
