from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "nhipcau.apps.plans"
    label = "plans"

    def ready(self) -> None:
        from nhipcau.apps.access import waiting
        from nhipcau.apps.files.removed import on_return
        from nhipcau.apps.orgs import registers  # models are not loaded when this module is
        from nhipcau.apps.plans import (  # noqa: F401
            carrying,
            consultation_days,
            counts,
            due_calendar,
            handing,
            history,
            kept,
            policies,
            reminders,
            reminders_asked,
            subjects,
            telling,
            telling_consultations,
            telling_files,
        )
        from nhipcau.apps.plans.actions.remove_document import remove_again
        from nhipcau.apps.plans.awaiting import work_waiting
        from nhipcau.apps.plans.sets import give_to_members
        from nhipcau.apps.plans.telling_estimates import register as register_estimates
        from nhipcau.apps.plans.waiting import earlier_periods, opinions_wanted
        from nhipcau.apps.plans.waiting_kinds import OFFERS

        on_return(remove_again)
        waiting.offer(work_waiting)
        waiting.offer(opinions_wanted)
        waiting.offer(earlier_periods)
        for offered in OFFERS:
            waiting.offer(offered)
        telling.register()
        telling_consultations.register()
        telling_files.register()
        register_estimates()
        reminders.register()
        reminders_asked.register()
        consultation_days.register()
        due_calendar.register()
        handing.register()
        counts.register()
        registers.on_set_confirmed(give_to_members)
