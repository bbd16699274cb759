"""Every view says who may see it, and its names line up."""

import inspect
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture import tree


def patterns(
    resolver: URLResolver | None = None, namespaces: tuple[str, ...] = (), route: str = ""
) -> Iterator[tuple[str, tuple[str, ...], URLPattern]]:
    resolver = resolver or get_resolver()
    for entry in resolver.url_patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, (*namespaces, entry.namespace) if entry.namespace else namespaces, here)
        else:
            yield here, namespaces, entry


def said(view: Any) -> str:
    return f"{view.__module__}.{getattr(view, '__qualname__', type(view).__name__)}"


def ours() -> list[tuple[str, str, URLPattern]]:
    return [
        (route, spaces[-1], entry)
        for route, spaces, entry in patterns()
        if spaces and tree.depth(spaces[-1]) is not None
    ]


def need_urls() -> None:
    if not list(patterns()):
        pytest.skip("no URL yet")


def test_every_view_is_marked() -> None:
    need_urls()

    found = [
        f"/{route}  {said(entry.callback)}"
        for route, _, entry in patterns()
        if not hasattr(entry.callback, "wayfellow_access")
    ]

    assert not found, tree.report(
        "An unmarked view answers 403, because nobody has said who may see it. Put exactly one of @client_view, @staff_view or @public_view on it; "
        "wrap a view that isn't ours in the URLconf.",
        found,
    )


def test_a_url_is_named_as_its_view() -> None:
    need_urls()

    found = []
    for route, space, entry in ours():
        view = inspect.unwrap(entry.callback)
        home = f"wayfellow.{space}.views"
        if entry.name != view.__name__ or not (view.__module__ == home or view.__module__.startswith(home + ".")):
            found.append(f"/{route}  {space}:{entry.name} is {said(view)}")

    assert not found, tree.report(
        "Names line up so that nobody searches: URL plans:progress_record = plans.views.progress_record. "
        "Give both the same name, in the namespace of the package.",
        found,
    )


def test_a_view_is_short() -> None:
    need_urls()

    found = []
    for route, _, entry in ours():
        lines = len(inspect.getsourcelines(inspect.unwrap(entry.callback))[0])
        if lines > 30:
            found.append(f"/{route}  {said(entry.callback)}: {lines} lines")

    assert not found, tree.report(
        "A view is HTTP in, one read, one call, one template out: aim at 15 lines, 30 at most. "
        "Move reading into a selector's result and doing into the service.",
        found,
    )
