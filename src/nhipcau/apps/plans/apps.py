from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "nhipcau.apps.plans"
    label = "plans"

    def ready(self) -> None:
        from nhipcau.apps.files.removed import on_return
        from nhipcau.apps.orgs import registers  # models are not loaded when this module is
        from nhipcau.apps.plans import history, policies  # noqa: F401
        from nhipcau.apps.plans.actions.remove_document import remove_again
        from nhipcau.apps.plans.sets import give_to_members

        on_return(remove_again)
        registers.on_set_confirmed(give_to_members)
