from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "nhipcau.apps.plans"
    label = "plans"

    def ready(self) -> None:
        from nhipcau.apps.plans import policies  # noqa: F401  # models are not loaded when this module is
