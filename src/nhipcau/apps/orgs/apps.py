from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "nhipcau.apps.orgs"
    label = "orgs"

    def ready(self) -> None:
        from nhipcau.apps.access import scope  # models are not loaded when this module is
        from nhipcau.apps.orgs import history, policies  # noqa: F401
        from nhipcau.apps.orgs.scope import scope_from_appointments

        scope.provide(scope_from_appointments)
