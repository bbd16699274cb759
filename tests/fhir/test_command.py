"""`wayfellow import_fhir`: what it takes, what it says, and what it ends with."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.factories import fhir as bundles
from tests.factories import programs as make
from tests.fhir.conftest import ROBIN
from wayfellow.fhir import selectors
from wayfellow.people.models import Client
from wayfellow.programs.models import Assignment

pytestmark = pytest.mark.django_db


@pytest.fixture
def put(tmp_path):
    """Write a file, and give its path."""

    def write(whole, name="people.json"):
        path = tmp_path / name
        path.write_bytes(whole if isinstance(whole, bytes) else bundles.as_bytes(whole))
        return str(path)

    return write


def run(*files, **options):
    call_command("import_fhir", *files, **options)


def clients():
    return Client.objects.for_policy().count()


def test_a_file_is_taken_into_the_only_program_with_a_line_for_each_entry(program, capsys):
    run(str(ROBIN))

    said = capsys.readouterr().out.splitlines()
    entries = json.loads(ROBIN.read_text())["entry"]
    assert len(said) == len(entries) + 1
    assert said[-1].endswith("15 entries: 10 taken, 3 kept as received, 2 skipped.")


def test_no_line_tells_anything_of_the_person(program, capsys):
    run(str(ROBIN))

    said = "".join(capsys.readouterr())
    for word in ("Robin", "Roberta", "1990", "999-11", "Sertraline", "depress", "Portland"):
        assert word not in said.replace(str(ROBIN), "")


def test_quiet_says_the_sum_alone(program, capsys):
    run(str(ROBIN), verbosity=0)

    assert len(capsys.readouterr().out.splitlines()) == 1


def test_a_dry_run_says_that_nothing_was_kept(program, capsys):
    run(str(ROBIN), dry_run=True)

    assert "this was a dry run" in capsys.readouterr().out
    assert clients() == 0


def test_a_worker_is_named_by_their_e_mail(agency, program):
    worker = make.staff(agency)

    run(str(ROBIN), worker=worker.user.email.upper())

    assert Assignment.objects.for_policy().get().staff_id == worker.pk


def test_a_worker_nobody_knows_stops_it_all(program):
    with pytest.raises(selectors.NoTarget, match="Nobody with this e-mail"):
        run(str(ROBIN), worker="nobody@example.org")

    assert clients() == 0


def test_two_programs_have_to_be_told_apart(agency, program):
    other = make.program(agency)

    with pytest.raises(selectors.NoTarget, match=f"--program: .*{other.name}"):
        run(str(ROBIN))

    run(str(ROBIN), program=other.name.lower())
    assert clients() == 1


def test_two_agencies_have_to_be_told_apart(agency, program):
    make.program(make.agency())

    with pytest.raises(selectors.NoTarget, match="--agency"):
        run(str(ROBIN))

    run(str(ROBIN), agency=str(agency.pk))
    assert clients() == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"{", "not JSON"),
        (bundles.patient(), "not a Bundle"),
        (bundles.bundle(bundles.patient(), bundles.condition(clinicalStatus="active")), "STU3"),
        (b'{"a":' + b"[" * 100_000, "deeper"),
    ],
)
def test_a_refused_file_ends_with_one_and_keeps_nothing(program, put, capsys, data, words):
    with pytest.raises(CommandError) as ended:
        run(put(data))

    assert ended.value.returncode == 1
    said = capsys.readouterr().err
    assert "refused, nothing of it was kept" in said
    assert words in said
    assert clients() == 0


def test_a_file_of_sixty_megabytes_is_refused_and_never_read_whole(program, tmp_path, capsys):
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(60 * 1024 * 1024)

    with pytest.raises(CommandError):
        run(str(path))

    assert "bigger than 50 MB" in capsys.readouterr().err


def test_a_missing_file_is_said(program, capsys):
    with pytest.raises(CommandError):
        run("/nowhere/people.json")

    assert "can't be read" in capsys.readouterr().err


def test_a_refused_file_leaves_the_others_alone(program, put):
    with pytest.raises(CommandError, match="1 of 2 files"):
        run(put(b"{", "bad.json"), str(ROBIN))

    assert clients() == 1


def test_a_file_that_brings_nobody_ends_with_one(program, put):
    with pytest.raises(CommandError):
        run(put(bundles.bundle(bundles.patient(birthDate="soon"))))


def test_a_bad_resource_among_good_ones_ends_well(program, put, capsys):
    run(put(bundles.bundle(bundles.patient(), bundles.condition(code={}), bundles.medicine())))

    assert "entry[1].resource.code Condition: bad" in capsys.readouterr().out
