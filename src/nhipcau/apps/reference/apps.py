from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "nhipcau.apps.reference"
    label = "reference"

    def ready(self) -> None:
        from nhipcau.apps.reference import history, policies  # noqa: F401  # models are not loaded when this module is
