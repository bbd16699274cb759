"""What people do on more than one journey."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.factories.programs import PASSWORD


def walk_in(page: Page, staff: Any) -> None:
    """Through the door with e-mail and password, as far as the page shows Today."""
    page.goto("/")
    page.get_by_label("Work e-mail").fill(staff.user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page).to_have_title(re.compile("^Today"))


def answer_scale(page: Page, numbers: Sequence[int]) -> None:
    """Press one answer to each question of a scale, as the page shows them: one at a time."""
    for place, number in enumerate(numbers):
        question = page.locator("[data-question]:visible")
        expect(page.locator("[data-where]")).to_contain_text(f"Question {place + 1} of {len(numbers)}")
        question.locator("label", has=page.locator(f"input[value='{number}']")).click()
        # An answer that tells of self-harm stays in sight until one goes on oneself.
        if question.locator(".tells").count() and number and place < len(numbers) - 1:
            page.get_by_role("button", name="Next").click()


def part_of_note(page: Page, label: str) -> Locator:
    """The text field of one part of the note; those of other formats are hidden."""
    return page.get_by_role("textbox", name=re.compile(f"^{label}"), include_hidden=True)


def says_saved(page: Page) -> None:
    """The page says that the words are on the server."""
    expect(page.locator("[data-save-words]:visible").first).to_contain_text("Saved")
