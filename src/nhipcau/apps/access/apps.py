from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "nhipcau.apps.access"
    label = "access"
