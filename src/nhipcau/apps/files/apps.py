from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "nhipcau.apps.files"
    label = "files"

    def ready(self) -> None:
        from nhipcau.apps.files import history, policies  # noqa: F401  # models are not loaded when this module is
