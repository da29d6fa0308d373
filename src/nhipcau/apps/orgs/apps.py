from django.apps import AppConfig


class OrgsConfig(AppConfig):
    name = "nhipcau.apps.orgs"
    label = "orgs"

    def ready(self) -> None:
        from nhipcau.apps.access import scope  # noqa: PLC0415  # models are not loaded when this module is
        from nhipcau.apps.orgs import policies  # noqa: F401, PLC0415
        from nhipcau.apps.orgs.scope import scope_from_appointments  # noqa: PLC0415

        scope.provide(scope_from_appointments)
