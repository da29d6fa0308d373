from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "nhipcau.apps.desk"
    label = "desk"

    def ready(self) -> None:
        from nhipcau.apps.desk import history, subjects  # noqa: F401  # register when the apps are there
