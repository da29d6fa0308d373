from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "nhipcau.apps.plans"
    label = "plans"

    def ready(self) -> None:
        from nhipcau.apps.orgs import registers  # models are not loaded when this module is
        from nhipcau.apps.plans import history, policies  # noqa: F401
        from nhipcau.apps.plans.sets import give_to_members

        registers.on_set_confirmed(give_to_members)
