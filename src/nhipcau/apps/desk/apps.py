from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "nhipcau.apps.desk"
    label = "desk"

    def ready(self) -> None:
        from nhipcau.apps.desk import history  # noqa: F401  # registers when the apps are there
