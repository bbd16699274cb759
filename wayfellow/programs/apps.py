from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "wayfellow.programs"
    label = "programs"

    def ready(self) -> None:
        from wayfellow.access.reasons import register_actor_loader, register_protected_episodes, register_reason
        from wayfellow.programs import reasons, selectors

        for reason in reasons.REASONS:
            register_reason(reason)
        register_protected_episodes(reasons.PROTECTED_EPISODES)
        register_actor_loader(selectors.actor_of_user)
