from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "nhipcau.apps.desk"
    label = "desk"
