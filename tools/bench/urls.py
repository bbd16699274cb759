"""The product's URLs and the signed-in constant page: same server, middleware, session and layout, one audited read, one sentence."""

from typing import Any

from django.http import HttpResponse
from django.urls import include, path

from wayfellow import access
from wayfellow.config.urls import handler403, handler404, handler500
from wayfellow.people import verbs
from wayfellow.ui.pages import page


@access.client_view(verbs.NAME_READ)
def constant(request: Any, client: Any) -> HttpResponse:
    """One audited read of one client, and one sentence."""
    return page(request, "bench/constant.html", {"person": client})


urlpatterns = [path("bench/<uuid:client_id>/", constant, name="constant"), path("", include("wayfellow.config.urls"))]
__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]
