"""`nhipcau orgs load-units`: the country's units, before and since 1 July 2025, into the database."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.orgs.actions import load_units, set_home_province
from nhipcau.apps.orgs.models import HomeProvince, Organisation
from nhipcau.core.places import Resolver, Units, Version, shipped
from nhipcau.core.places.shipped import SOURCE

LOADER = System("load-units")


class Command(BaseCommand):
    help = "Load the country's administrative units; what is there already stays. Twice is the same as once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--province",
            action="append",
            metavar="NAME",
            help="only this province, with what it was made of and became; may be given several times",
        )
        parser.add_argument(
            "--home",
            metavar="NAME",
            default="",
            help="the province that this instance serves (without it NHIPCAU_PROVINCE, when that is one)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        units = shipped()
        provinces = [_province(units, name) for name in options["province"] or ()]
        home = self._home(units, options["home"])
        if home is not None and provinces:
            provinces.append(home)
        with acting(LOADER):
            loaded = load_units(
                units,
                actor=LOADER,
                source=SOURCE,
                provinces={each.key for each in provinces} or None,
                home=home.key if home else "",
                progress=self._progress,
            )
            if home is not None:
                self._set_home(home)
        self._progress_end()
        self.stdout.write(
            f"Đơn vị hành chính: thêm {loaded.units} đơn vị, {loaded.versions} tên theo thời gian, "
            f"{loaded.edges} thay đổi; nhận {loaded.adopted} đơn vị đã nhập tay, giữ nguyên {loaded.kept} "
            "đơn vị đã sửa ở đây.\n"
            f"Units: {loaded.units} added, {loaded.versions} dated names, {loaded.edges} changes; "
            f"{loaded.adopted} entered by hand are known as units now, {loaded.kept} changed here were kept."
        )
        if home is None and not HomeProvince.objects.exists():
            self.stdout.write(
                "Chưa biết hệ thống phục vụ tỉnh nào: thêm --home TỈNH. · "
                "Which province this instance serves is not known: add --home PROVINCE."
            )

    def _home(self, units: Units, name: str) -> Version | None:
        """The province that was named, else the one of the settings unless another was set before."""
        if name:
            return _province(units, name)
        there = HomeProvince.objects.select_related("place").first()
        if there is not None:
            key = there.place.unit_key
            return units.nearest(key, timezone.localdate()) if key else None
        try:
            return _province(units, settings.PROVINCE_NAME) if settings.PROVINCE_NAME else None
        except CommandError:
            return None

    def _set_home(self, home: Version) -> None:
        place = Organisation.objects.get(unit_key=home.key)
        if not HomeProvince.objects.filter(place=place).exists():
            set_home_province(place, actor=LOADER)

    def _progress(self, done: int, total: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r{done * 100 // max(total, 1):3} %", ending="")
            self.stdout.flush()

    def _progress_end(self) -> None:
        if self.stdout.isatty():
            self.stdout.write("\r", ending="")


def _province(units: Units, name: str) -> Version:
    """The province of today that a name means. Raises CommandError when it is none."""
    answer = Resolver(units).resolve(name, today=timezone.localdate())
    found = [unit for unit in answer.now if unit.tier == "province"]
    if len(found) != 1:
        near = ", ".join(unit.name for unit in [*answer.now, *answer.near] if unit.tier == "province")
        raise CommandError(
            f"Không có tỉnh, thành phố nào tên là {name!r}. · There is no province called {name!r}."
            + (f" ({near}?)" if near else "")
        )
    return found[0]
