from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "wayfellow.safety"
    label = "safety"

    def ready(self) -> None:
        from wayfellow.assessments.events import SelfHarmEndorsed
        from wayfellow.kernel.events import listen
        from wayfellow.safety import listeners

        listen(SelfHarmEndorsed, listeners.on_self_harm_endorsed)
