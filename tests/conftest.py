"""What every test has: markers by folder, an audit that can be emptied. Fixtures stand beside the tests that use them."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from tests.database import audit_open_to_change

# A busy machine is no failure, and the same examples each time make a red run repeatable.
settings.register_profile("wayfellow", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("wayfellow")

E2E = Path(__file__).parent / "e2e"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in tests/e2e needs a browser; nobody has to remember the marker."""
    for item in items:
        if E2E in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(autouse=True, scope="session")
def _audit_is_emptied_between_tests() -> Iterator[None]:
    """A test with real transactions (a live server) ends with a flush, which the audit's triggers would refuse."""
    flush = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        with audit_open_to_change():
            flush(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Data from elsewhere, which is never committed: beside the checkout, or where WAYFELLOW_DATA says."""
    found = Path(os.environ.get("WAYFELLOW_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")
    if not found.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"{found} is missing; in CI what others published has to be there (WAYFELLOW_DATA).")
        pytest.skip(f"{found} is not on this machine; the tests beside this one have invented cases of the same.")
    return found
