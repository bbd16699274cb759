"""Typed events: how a lower package lets something above it happen without importing it.

A listener runs at once, in the publisher's transaction and request; what it returns goes back to the publisher, in order.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

Event = TypeVar("Event")
_listeners: dict[type, list[Callable[[Any], Any]]] = defaultdict(list)


def listen(kind: type[Event], listener: Callable[[Event], Any]) -> None:
    """Have `listener` called with every published event of exactly this `kind`. Called from an AppConfig.ready, once."""
    if listener not in _listeners[kind]:
        _listeners[kind].append(listener)


def publish(event: object) -> list[Any]:
    """Call the listeners of the event's type; their answers that are not None. What a listener raises propagates."""
    answers = [listener(event) for listener in _listeners[type(event)]]
    return [answer for answer in answers if answer is not None]
