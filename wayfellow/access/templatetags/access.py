"""`{% may "plans.goal.close" goal as can_close %}`: hide what would be refused. The service refuses all the same."""

from typing import Any

from django import template

from wayfellow.access import policy
from wayfellow.access.verbs import all_verbs

register = template.Library()


@register.simple_tag(takes_context=True)
def may(context: dict[str, Any], verb: str, thing: Any = None) -> bool:
    """Whether this request's actor may do the verb (by its code) to the thing (a guarded instance, or none)."""
    request = context["request"]
    return policy.may(getattr(request, "actor", None), all_verbs()[verb], thing)
