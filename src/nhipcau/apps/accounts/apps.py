from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "nhipcau.apps.accounts"
    label = "accounts"
