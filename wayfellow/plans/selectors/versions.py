"""Reads: what was agreed, as it was agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wayfellow.access import Actor, Hidden
from wayfellow.plans import rules, wording
from wayfellow.plans.models import PlanVersion, Signature


@dataclass(frozen=True, slots=True)
class SignedVersion:
    """One version as it was signed. before: the one before it, if any, and `changes` in words since then.

    is_as_signed: the stored content still has the hash that was kept with it.
    """

    version: PlanVersion
    signatures: Sequence[Signature]
    before: PlanVersion | None
    changes: Sequence[str]
    is_as_signed: bool

    @property
    def content(self) -> Mapping[str, Any]:
        content: Mapping[str, Any] = self.version.content
        return content


def versions(*, actor: Actor) -> list[PlanVersion]:
    """On a client's page: every signed version, the newest first, without its content. Each carries `plan_id`, for whose it is."""
    rows = PlanVersion.objects.for_actor(actor).defer("content")
    return list(rows.order_by("-signed_at", "-number", "pk"))


def version(*, actor: Actor, version_id: UUID) -> SignedVersion:
    """One version with its signatures and what changed since the one before. Three statements. Raises Hidden."""
    rows = PlanVersion.objects.for_actor(actor)
    found: PlanVersion | None = rows.select_related("plan").filter(pk=version_id).first()
    if found is None:
        raise Hidden
    before: PlanVersion | None = rows.filter(plan=found.plan_id, number=found.number - 1).first()
    today = actor.today
    changes = rules.changes(before.content, found.content) if before else []
    signatures = Signature.objects.for_actor(actor).filter(plan_version=found)
    return SignedVersion(
        version=found,
        signatures=tuple(signatures.order_by("signed_at", "signer", "pk")),
        before=before,
        changes=tuple(wording.change_words(change, today) for change in changes),
        is_as_signed=rules.content_hash(found.content) == found.content_hash,
    )
