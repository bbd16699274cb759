"""Refusals: what the work itself says no to, in words a person can act on."""


class Refusal(Exception):
    """An expected no. `message` says what happened, what was kept, and what to do now; it reaches the screen as it is."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Changed(Refusal):
    """Somebody saved the same thing in between: `theirs` is what stands now, `mine` what was sent; nothing is lost."""

    def __init__(self, message: str, *, theirs: object, mine: dict[str, object]) -> None:
        super().__init__(message)
        self.theirs = theirs
        self.mine = mine
