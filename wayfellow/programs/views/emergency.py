"""Opening a record in an emergency, and the privacy lead's review."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from wayfellow import access
from wayfellow.programs import forms, selectors, services, verbs
from wayfellow.programs.views.answers import answered, shown
from wayfellow.ui.pages import saved

PAGE_SIZE = 25


@access.staff_view(verbs.BREAKGLASS_ASK)
def break_glass(request: Any) -> HttpResponse:
    """Whom, and why. One answer for everyone, whatever was found."""
    form = forms.BreakGlass(request.POST or None)

    def act(given: dict[str, Any]) -> HttpResponse:
        services.break_glass(actor=request.actor, at=request.now, **form.asked)
        say = _("Your request is recorded. If it can be opened, it is on your Today.")
        return saved(request, to="desk:today", say=say)

    return answered(request, form, act, template="programs/break_glass.html")


@access.staff_view(verbs.BREAKGLASS_REVIEW)
def break_glass_reviews(request: Any) -> HttpResponse:
    """What waits for the privacy lead; `?show=done` what was looked at."""
    is_done = request.GET.get("show") == "done"
    pages = Paginator(selectors.break_glass_requests(actor=request.actor, done=is_done), PAGE_SIZE)
    page_obj = pages.get_page(request.GET.get("page"))
    reviews = selectors.break_glass_reviews(actor=request.actor, requests=page_obj.object_list)
    context = {"page_obj": page_obj, "reviews": reviews, "is_done": is_done}
    return shown(request, "programs/break_glass_reviews.html", context)


@access.staff_view(verbs.BREAKGLASS_REVIEW)
def break_glass_review(request: Any, request_id: UUID) -> HttpResponse:
    """One request: who, whom, why; and whether it was needed."""
    found = selectors.break_glass_request(actor=request.actor, request_id=request_id)

    def act(given: dict[str, Any]) -> HttpResponse:
        services.break_glass_review(actor=request.actor, request=found.request, at=request.now, **given)
        return saved(request, to="programs:break_glass_reviews", say=_("Your review is kept."))

    form = forms.BreakGlassReview(request.POST or None)
    back = reverse("programs:break_glass_reviews")
    return answered(request, form, act, template="programs/break_glass_review.html", review=found, back=back)
