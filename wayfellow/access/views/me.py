"""One's own settings: the look, the keys, the ways to sign in."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from wayfellow.access import forms, selectors, services, sessions, verbs
from wayfellow.access.marks import staff_view
from wayfellow.ui.pages import page, saved


@staff_view(verbs.SIGN_IN_SETTINGS)
def me(request: Any) -> HttpResponse:
    """How I like my pages, and how I sign in."""
    user = request.user
    initial = {"theme": user.theme, "language": user.language, "has_keys": user.has_keys}
    form = forms.MeForm(request.POST or None, initial=initial)
    if form.is_valid():
        services.me(actor=request.actor, user=user, **form.cleaned_data)
        response = saved(request, to="access:me", say=_("Your settings are kept."))
        sessions.dress(response, user)
        return response
    return page(request, "access/me.html", {"form": form, "factors": selectors.factors(user_id=user.pk)})
