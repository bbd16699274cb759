"""What every test has: markers by folder. Fixtures of the database stand in tests/fixtures and beside their tests."""

from pathlib import Path

import pytest

E2E = Path(__file__).parent / "e2e"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in tests/e2e needs a browser; nobody has to remember the marker."""
    for item in items:
        if E2E in item.path.parents:
            item.add_marker(pytest.mark.e2e)
