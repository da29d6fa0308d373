from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "nhipcau.apps.indicators"
    label = "indicators"

    def ready(self) -> None:
        from nhipcau.apps.indicators import carrying, history, policies, subjects  # noqa: F401  # models are not loaded when this module is
