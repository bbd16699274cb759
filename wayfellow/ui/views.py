"""Pages that belong to no domain. They carry no mark here: `ui` lies below access, so config/urls.py wraps them."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from wayfellow.ui.context import THEME_COOKIE, THEMES
from wayfellow.ui.gallery import gallery_context

YEAR_SECONDS = 365 * 24 * 60 * 60


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, with invented words."""
    context = gallery_context(posted=request.POST if request.method == "POST" else None)
    return render(request, "ui/gallery.html", context)


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the choice of light, dark or the device's own, and go back to where it was made."""
    chosen = request.POST.get("theme", "")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    if chosen in THEMES:
        response.set_cookie(THEME_COOKIE, chosen, max_age=YEAR_SECONDS, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie(THEME_COOKIE, samesite="Lax")
    return response
