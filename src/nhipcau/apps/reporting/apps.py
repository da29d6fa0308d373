from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "nhipcau.apps.reporting"
    label = "reporting"

    def ready(self) -> None:
        from nhipcau.apps.access import waiting
        from nhipcau.apps.reporting import (  # noqa: F401  # models are not loaded when this module is
            carrying,
            chasing,
            due_days,
            figure_pages,
            following_plans,
            history,
            policies,
            subjects,
            telling,
            telling_reports,
        )
        from nhipcau.apps.reporting.waiting import reports_waiting

        due_days.register()
        following_plans.register()
        telling.register()
        telling_reports.register()
        chasing.register()
        figure_pages.register()
        waiting.offer(reports_waiting)
