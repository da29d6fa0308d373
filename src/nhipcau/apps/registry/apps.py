from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "nhipcau.apps.registry"
    label = "registry"

    def ready(self) -> None:
        from nhipcau.apps.access import grants, waiting
        from nhipcau.apps.access.actions.make_training_copy import on_training_copy
        from nhipcau.apps.registry import (  # noqa: F401  # models are not loaded when this module is
            carrying,
            history,
            kept,
            numbers,
            overseeing,
            policies,
            retaining,
            subjects,
            telling_rights,
        )
        from nhipcau.apps.registry.erasing import on_erasure
        from nhipcau.apps.registry.practice import clean
        from nhipcau.apps.registry.recalling import forget
        from nhipcau.apps.registry.waiting import decisions, pairs_to_decide
        from nhipcau.apps.registry.waiting_lists import lists_to_do

        overseeing.register()
        on_training_copy(clean)
        on_erasure(forget)
        waiting.offer(decisions)
        waiting.offer(lists_to_do)
        waiting.offer(pairs_to_decide)
        retaining.register()
        telling_rights.register()

        for function in (
            "registry_scope(bigint)",
            "registry_reach()",
            "registry_search(tsquery, integer)",
            "registry_roll(tsquery, text, bigint, integer)",
            "registry_fold(text)",
            "registry_words(text, text, text, text, text[], text)",
            "registry_is_undone(bigint)",
            "registry_looked_up(bigint)",
            "registry_watches(bigint)",
            "registry_audits(bigint)",
        ):
            grants.callable_function(function)
