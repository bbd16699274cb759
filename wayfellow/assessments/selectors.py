"""Reads: needs, strengths, diagnoses, results, and what a change of a score means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from wayfellow.access import Actor, Hidden
from wayfellow.assessments import rules
from wayfellow.assessments.models import Diagnosis, Need, Response, Strength
from wayfellow.assessments.rules import Instrument
from wayfellow.kernel import clock

RESULTS_READ = 200


@dataclass(frozen=True)
class Trend:
    """How a scale's totals went, in words. code: better, same, worse, early or first."""

    code: str
    words: str
    source: str


def needs(*, actor: Actor, open_only: bool = False) -> list[Need]:
    """On a client's page: their needs in their own order; closed ones come last."""
    rows = Need.objects.for_actor(actor).order_by("place", "raised_at", "pk")
    found = list(rows.filter(closed_at=None) if open_only else rows)
    return sorted(found, key=lambda need: need.closed_at is not None)


def need(*, actor: Actor, need_id: UUID) -> Need:
    """On a client's page: one need. Raises Hidden."""
    found: Need | None = Need.objects.for_actor(actor).filter(pk=need_id).first()
    if found is None:
        raise Hidden
    return found


def strengths(*, actor: Actor) -> list[Strength]:
    """On a client's page: what the person has, the oldest first."""
    return list(Strength.objects.for_actor(actor).filter(ended_at=None).order_by("noted_at", "pk"))


def strength(*, actor: Actor, strength_id: UUID) -> Strength:
    """On a client's page: one strength. Raises Hidden."""
    found: Strength | None = Strength.objects.for_actor(actor).filter(pk=strength_id).first()
    if found is None:
        raise Hidden
    return found


def diagnoses(*, actor: Actor) -> list[Diagnosis]:
    """On a client's page: diagnoses in force, the newest first."""
    rows = Diagnosis.objects.for_actor(actor).filter(is_active=True)
    return list(rows.order_by("-since_date", "-recorded_at", "pk"))


def diagnoses_before(*, actor: Actor) -> list[Diagnosis]:
    """On a client's page: diagnoses that no longer hold, the last to end first."""
    rows = Diagnosis.objects.for_actor(actor).filter(is_active=False)
    return list(rows.order_by("-ended_date", "-recorded_at", "pk"))


def diagnosis(*, actor: Actor, diagnosis_id: UUID) -> Diagnosis:
    """On a client's page: one diagnosis. Raises Hidden."""
    found: Diagnosis | None = Diagnosis.objects.for_actor(actor).filter(pk=diagnosis_id).first()
    if found is None:
        raise Hidden
    return found


def results(*, actor: Actor) -> list[Response]:
    """On a client's page: results of all scales, the newest first, at most 200."""
    return list(Response.objects.for_actor(actor).order_by("-taken_at", "-pk")[:RESULTS_READ])


def response(*, actor: Actor, response_id: UUID) -> Response:
    """On a client's page: one result. Raises Hidden."""
    found: Response | None = Response.objects.for_actor(actor).filter(pk=response_id).first()
    if found is None:
        raise Hidden
    return found


@dataclass(frozen=True)
class Course:
    """One scale over time. title: its short name. latest: the newest result; earlier: the others, newest first.

    highest_total: None for a scale that doesn't ship here. band: in kind words, "" for none. trend: None without a total.
    """

    title: str
    highest_total: int | None
    latest: Response
    earlier: Sequence[Response]
    band: str
    trend: Trend | None


def courses(*, actor: Actor) -> list[Course]:
    """On a client's page: each scale with its results and how they went, the scale used last first."""
    by_scale: dict[str, list[Response]] = {}
    for result in results(actor=actor):
        by_scale.setdefault(result.instrument, []).append(result)
    return [_course(actor, code, found) for code, found in by_scale.items()]


def _course(actor: Actor, code: str, found: list[Response]) -> Course:
    scale = rules.instruments().get(code)
    totals = [one for one in found if one.total is not None]
    is_told = scale is not None and found[0].total is not None
    return Course(
        title=scale.short_title if scale else code.upper(),
        highest_total=scale.highest_total if scale else None,
        latest=found[0],
        earlier=found[1:],
        band=band_words(code=found[0].band),
        trend=trend_of(actor=actor, instrument=code, results=totals) if is_told else None,
    )


def instrument(*, code: str) -> Instrument:
    """A scale that ships. Raises Hidden for a code that is none."""
    try:
        return rules.instruments()[code]
    except KeyError:
        raise Hidden from None


def instruments() -> list[Instrument]:
    """Every scale that ships."""
    return list(rules.instruments().values())


def instrument_of(*, response: Response) -> Instrument | None:
    """The scale of a result; None for one that only came from elsewhere."""
    return rules.instruments().get(response.instrument)


def earlier_totals(*, actor: Actor, response: Response) -> list[Response]:
    """On a client's page: results of the same scale from before this one that have a total, the newest first."""
    rows = Response.objects.for_actor(actor).filter(instrument=response.instrument, taken_at__lt=response.taken_at)
    return list(rows.exclude(total=None).order_by("-taken_at", "-pk")[:RESULTS_READ])


def trend_of(*, actor: Actor, instrument: str, results: Sequence[Response]) -> Trend:
    """How the totals went. results: of this scale, newest first, at least one, each with a total."""
    dated = [(clock.local_date(one.taken_at, actor.timezone), one.total or 0) for one in reversed(results)]
    found = rules.change(rules.instruments()[instrument], dated)
    return Trend(found.code, _trend_words(found.code), found.source)


def _trend_words(code: str) -> str:
    return {
        "better": _("better than at the start"),
        "worse": _("harder than at the start"),
        "same": _("about the same as at the start"),
        "early": _("too early to say"),
        "first": _("the first result"),
    }[code]


def band_words(*, code: str) -> str:
    """A severity band in kind words, about the answers and not the person; "" for none."""
    words = {
        "minimal": _("few or no signs"),
        "mild": _("mild signs"),
        "moderate": _("moderate signs"),
        "moderately-severe": _("marked signs"),
        "severe": _("strong signs"),
    }
    return words.get(code, "")


@dataclass(frozen=True)
class AnswerWords:
    """One question of a scale with the answer that was given, in their published words. value: None when it was left out."""

    question: str
    answer: str
    value: int | None


def answers_in_words(*, response: Response) -> list[AnswerWords]:
    """What was answered, question by question; empty for a result that came from elsewhere as a total."""
    scale = instrument_of(response=response)
    if scale is None or not response.answers:
        return []
    found = []
    for item in scale.items:
        value = response.answers.get(item.link_id)
        label = next((option.label for option in item.options if option.value == value), "")
        found.append(AnswerWords(item.text, label, value))
    return found
