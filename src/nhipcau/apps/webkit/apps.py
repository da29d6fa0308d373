from django.apps import AppConfig


class WebkitConfig(AppConfig):
    name = "nhipcau.apps.webkit"
    label = "webkit"
