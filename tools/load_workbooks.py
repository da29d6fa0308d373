"""Workbooks of all units within a minute, read by the real worker: a part of `load_reports.py`."""

from __future__ import annotations

import http.client
import io
import secrets
import threading
import time
import uuid

from load_units import Unit, cookies, prepare, slowest

WORKBOOKS_WITHIN = 300


def workbook(unit: Unit, rows: int) -> bytes:
    """The unit's form with so many rows of figures by country, as a spreadsheet program would save it."""
    from dataclasses import replace

    from django.utils import translation

    from nhipcau.apps.reporting.answering import Answers
    from nhipcau.apps.reporting.asked import asked_of
    from nhipcau.apps.reporting.models import Obligation
    from nhipcau.apps.reporting.workbooks.layout import Line, form_of
    from nhipcau.apps.reporting.workbooks.outgoing import cover_of
    from nhipcau.apps.reporting.workbooks.writing import workbook_of

    obligation = Obligation.objects.select_related("period__form_version__form").get(pk=unit.obligation)
    with translation.override("vi"):
        asked = asked_of(obligation)
        form = form_of(asked, Answers())
        pairs = [
            (label, category.vi)
            for label, (_asked, dimension) in form.split_labels.items()
            for category in form.categories[dimension.code]
        ][:rows]
        lines = [line for line in form.lines if line.kind != "splits"]
        for at, (label, category) in enumerate(pairs):
            cells = {"label": label, "category": category, "amount": str(at % 90 + 1)}
            lines.append(Line("splits", cells, frozenset(("amount",))))
        return workbook_of(replace(form, lines=lines), cover_of(obligation, "Đơn vị"))


def upload(unit: Unit, body: bytes, port: int) -> bool:
    """As a browser sends a file."""
    token, edge = secrets.token_hex(16), uuid.uuid4().hex
    parts = io.BytesIO()
    parts.write(
        f'--{edge}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="bieu-{unit.obligation}.xlsx"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n".encode()
    )
    parts.write(body)
    parts.write(f"\r\n--{edge}--\r\n".encode())
    headers = {
        "Content-Type": f"multipart/form-data; boundary={edge}",
        "Cookie": f"{unit.cookie}; csrftoken={token}; django_language=vi",
    }
    begun = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("POST", f"/reports/{unit.obligation}/workbook/", parts.getvalue(), headers)
        answer = connection.getresponse()
        answer.read()
        unit.took = time.perf_counter() - begun
        return answer.status == 302
    finally:
        connection.close()


def run_workbooks(count: int, rows: int, seconds: float, port: int) -> bool:
    """Upload within the time, then wait for the worker."""
    from django.db import close_old_connections

    from nhipcau.apps.reporting.models import Value, Workbook

    units = prepare(count, figures=-(-rows // 180))
    cookies(units)
    bodies = {unit.obligation: workbook(unit, rows) for unit in units}
    begun = time.monotonic()

    def work(unit: Unit, delay: float) -> None:
        time.sleep(delay)
        unit.tries, unit.acknowledged = 1, upload(unit, bodies[unit.obligation], port)

    threads = [
        threading.Thread(target=work, args=(unit, seconds * at / len(units))) for at, unit in enumerate(units)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    accepted = time.monotonic() - begun
    waiting = Workbook.objects.filter(obligation__in=[unit.obligation for unit in units])
    while waiting.filter(state="reading").exists() and time.monotonic() - begun < 2 * WORKBOOKS_WITHIN:
        time.sleep(1)
        close_old_connections()
    took = time.monotonic() - begun
    taken = waiting.filter(state="taken").count()
    values = Value.objects.filter(submission__workbooks__in=waiting).count()
    held = taken == len(units) and values == rows * len(units) and took <= WORKBOOKS_WITHIN
    print(
        f"{count} workbooks of {rows} rows: accepted in {accepted:.0f} s "
        f"(p95 {slowest(units) * 1000:.0f} ms), {taken} in drafts with {values} figures "
        f"after {took:.0f} s ≤ {WORKBOOKS_WITHIN}"
        f"  {'ok' if held else 'MISSED'}"
    )
    return held
