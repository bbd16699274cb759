"""Reads: people by name, and what is known of one person."""

from __future__ import annotations

from wayfellow.access import Actor
from wayfellow.people import rules
from wayfellow.people.models import Allergy, Client, NameKey, RelatedPerson


def clients_named(*, actor: Actor, words: str) -> list[Client]:
    """People this actor may know whose chosen or legal name begins with these words or is one letter off, by name."""
    keys = rules.search_keys(words)
    if not keys:
        return []
    prefix = rules.plain(words)
    found = NameKey.objects.for_actor(actor).filter(key__startswith=prefix).values("client")
    close = NameKey.objects.for_actor(actor).filter(key__in=keys).values("client")
    rows = Client.objects.for_actor(actor)
    near = list(rows.filter(pk__in=found).order_by("chosen_name", "pk"))
    known = {client.pk for client in near}
    return near + [one for one in rows.filter(pk__in=close).order_by("chosen_name", "pk") if one.pk not in known]


def allergies(*, actor: Actor) -> list[Allergy]:
    """On a client's page: what they must not be given, by name."""
    return list(Allergy.objects.for_actor(actor).filter(is_active=True).order_by("substance", "pk"))


def related_people(*, actor: Actor) -> list[RelatedPerson]:
    """On a client's page: family, guardians, friends and helpers, guardians first."""
    rows = RelatedPerson.objects.for_actor(actor).filter(is_active=True)
    return list(rows.order_by("-is_guardian", "-is_emergency_contact", "name", "pk"))
