from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "nhipcau.apps.accounts"
    label = "accounts"

    def ready(self) -> None:
        from nhipcau.apps.accounts import factors  # noqa: F401  # needs the models
