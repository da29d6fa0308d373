from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Only so that the checks of the settings run with all others."""

    name = "nhipcau.config"
    label = "config"

    def ready(self) -> None:
        from nhipcau.config import checks  # noqa: F401  # registers itself
