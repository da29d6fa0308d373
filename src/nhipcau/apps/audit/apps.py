from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "nhipcau.apps.audit"
    label = "audit"
