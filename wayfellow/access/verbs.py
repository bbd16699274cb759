"""Verbs: what can be done. One object is the permission, the audit's word, and the sentence the client reads."""

from dataclasses import dataclass, field

_REGISTRY: dict[str, "Verb"] = {}


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing that can be done.

    code: "package.noun.act". sentence: what the client reads after the worker's name ("opened your plan").
    writes: it changes the record. unlogged: it is decided like any other, but leaves no row of its own, because its answer
    tells nothing and what it keeps is the author's own scratch paper (drafts; docs/adr/0004-audit.md). private: staff don't read its
    rows on a record, because that there is one tells of somebody else's record; the privacy lead and the person do.
    """

    code: str
    sentence: str = field(compare=False)
    writes: bool = field(default=False, compare=False)
    unlogged: bool = field(default=False, compare=False)
    private: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        if self.code in _REGISTRY:
            raise ValueError(f"The verb {self.code} exists already.")
        _REGISTRY[self.code] = self

    def __str__(self) -> str:
        return self.code


def all_verbs() -> dict[str, Verb]:
    """Every verb there is, by code."""
    return dict(_REGISTRY)


def sentence_of(code: str) -> str:
    """What the client reads for an audit row's verb; the code itself for one that no longer exists."""
    verb = _REGISTRY.get(code)
    return verb.sentence if verb else code


FORM_OPEN = Verb("access.form.open", "opened your record to write in it")
AUDIT_READ = Verb("access.audit.read", "looked at who has opened your record")
AUDIT_REVIEW = Verb("access.audit.review", "checked who has opened records")
DRAFT_KEEP = Verb("access.draft.keep", "kept a draft", writes=True, unlogged=True)
SIGN_IN_SETTINGS = Verb("access.settings.change", "changed their own settings", writes=True)
SIGN_IN = Verb("access.session.open", "signed in")
SIGN_OUT = Verb("access.session.close", "signed out")
UNLOCK = Verb("access.session.unlock", "came back to a locked page")
FACTOR_CHANGE = Verb("access.factor.change", "changed their passkeys or codes", writes=True)
PASSWORD_SET = Verb("access.password.set", "chose a password", writes=True)
