"""What safety does when something happens in the packages below."""

from wayfellow.assessments.events import NextStep, SelfHarmEndorsed
from wayfellow.safety import services


def on_self_harm_endorsed(event: SelfHarmEndorsed) -> NextStep:
    """The step opens in the transaction that keeps the answer, and the request goes on to it."""
    opened = services.step_open_for_answer(actor=event.actor, event=event)
    return NextStep("safety:step", {"client_id": opened.client_id, "step_id": opened.pk})
