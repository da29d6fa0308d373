"""The checks of a report before it is sent. An error stops it; a warning asks for a reason.

They run over answers as they would be sent, and know no page: pages, workbooks and programs get the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from nhipcau.apps.plans.models import Assignment
from nhipcau.apps.plans.models.outcome import DELIVERED
from nhipcau.apps.reporting.answering import Answers, Text, row_place, section_place, task_place
from nhipcau.apps.reporting.asked import Asked, Kind
from nhipcau.apps.reporting.background import Background, completed
from nhipcau.apps.reporting.checking_figures import check_figures
from nhipcau.apps.reporting.findings import Finding
from nhipcau.apps.reporting.models import Section
from nhipcau.apps.webkit.formats import format_number
from nhipcau.core.text import fold

# Words that say that a task is done, and those that take it back.
DONE_WORDS = ("da hoan thanh", "hoan thanh 100", "da thuc hien xong", "da lam xong")
NOT_DONE_WORDS = ("chua hoan thanh", "chua the hoan thanh", "co ban hoan thanh")


def check(answers: Answers, asked: Asked, behind: Background) -> list[Finding]:
    """Everything that is found, in the order of the form."""
    whole = completed(answers, asked, behind.drawn)
    found = list(_nothing(whole))
    for section in asked.sections:
        found += _section(section, whole, asked, behind)
    return found


def unanswered(findings: Iterable[Finding], answers: Answers) -> list[Finding]:
    """Those that keep the report from being sent: errors, and warnings without a reason."""
    given = {(each.code, each.place) for each in answers.reasons if each.reason.strip()}
    return [each for each in findings if each.stop or (each.code, each.place) not in given]


def _nothing(answers: Answers) -> Iterator[Finding]:
    if answers.nothing and _says(answers):
        words = _(
            "“Nothing to report” is ticked for the whole report, but something was answered. Untick it."
        )
        yield Finding("nothing-but", "nothing", words, stop=True)


def _says(answers: Answers) -> bool:
    typed = any(not each.drawn_from and each.amount for each in answers.figures)
    return typed or bool(answers.files) or any(each.text for each in answers.texts)


def _section(section: Section, answers: Answers, asked: Asked, behind: Background) -> list[Finding]:
    own = answers.of_section(section.pk)
    nothing = answers.nothing or any(each.nothing for each in own)
    found = list(_long(section, answers))
    if any(each.nothing for each in own) and _answered(section, answers):
        words = _(
            "“Nothing to report” is ticked here, but something was answered. Untick it, or empty the rest."
        )
        found.append(Finding("nothing-but", section_place(section.pk), words, stop=True))
    if section.kind == Kind.INDICATORS:
        return found + check_figures(section, answers, asked, behind, nothing=nothing)
    if section.kind == Kind.TASKS:
        found += _tasks(section, answers, asked, behind)
    if section.kind == Kind.DIFFICULTIES:
        found += _difficulties(section, own)
    if section.required and not nothing and not _answered(section, answers):
        found.append(_missing(section))
    return found


def _answered(section: Section, answers: Answers) -> bool:
    if section.kind == Kind.HEADING:
        return True
    if section.kind == Kind.TASKS:
        texts = answers.of_tasks(section.pk).values()
        return any(each.text for each in texts)
    if section.kind == Kind.INDICATORS:
        inside = {each.pk for each in section.indicators.all()}
        return any(each.asked in inside and not each.drawn_from for each in answers.figures)
    if section.kind == Kind.ATTACHMENTS:
        return any(each.section == section.pk for each in answers.files)
    return any(each.text for each in answers.of_section(section.pk))


def _missing(section: Section) -> Finding:
    if section.kind == Kind.ATTACHMENTS:
        words = _("Attach the file, or tick “nothing to report”.")
    elif section.kind == Kind.TASKS:
        words = _("Say what was done of at least one task, or tick “nothing to report”.")
    else:
        words = _("Answer this section, or tick “nothing to report”.")
    return Finding("required", section_place(section.pk), words, stop=True)


def _long(section: Section, answers: Answers) -> Iterator[Finding]:
    most = section.most_chars
    if most is None:
        return
    texts = [each for each in answers.texts if each.section == section.pk]
    for at, each in enumerate(texts, start=1):
        if len(each.text) > most:
            words = _("%(n)s characters, at most %(most)s: shorten it by %(over)s.") % {
                "n": format_number(len(each.text)),
                "most": format_number(most),
                "over": format_number(len(each.text) - most),
            }
            yield Finding("too-long", place_of(section, each, at), words, stop=True)


def place_of(section: Section, text: Text, at: int) -> str:
    """Where a text stands; `at` counts the rows of a section of difficulties from 1."""
    if text.task is not None:
        return task_place(section.pk, text.task)
    return row_place(section.pk, at) if section.kind == Kind.DIFFICULTIES else section_place(section.pk)


def _difficulties(section: Section, rows: list[Text]) -> Iterator[Finding]:
    said = [each for each in rows if not each.nothing]
    for at, each in enumerate(said, start=1):
        if not each.text:
            words = _("Say what the difficulty or proposal is, or empty the row.")
            yield Finding("no-text", row_place(section.pk, at), words, stop=True)
        elif not each.addressee:
            words = _("Say to whom it is addressed: who can remove the difficulty?")
            yield Finding("no-addressee", row_place(section.pk, at), words, stop=True)


def _tasks(section: Section, answers: Answers, asked: Asked, behind: Background) -> Iterator[Finding]:
    texts = answers.of_tasks(section.pk)
    for task, part in asked.tasks.items():
        text = texts[task].text if task in texts else ""
        place = task_place(section.pk, task)
        if part.status in DELIVERED and not text and task not in behind.updates:
            words = _(
                "The task counts as done, but nothing says with what result. Write it, or give the reason."
            )
            yield Finding("done-without-words", place, words)
        elif claims_done(text) and _open(part):
            words = _(
                "The text says that it is done, but the task was not reported as done in the task list. "
                "Report it there, or give the reason."
            )
            yield Finding("claims-done", place, words)


def _open(part: Assignment) -> bool:
    return part.status not in DELIVERED


def claims_done(text: str) -> bool:
    """Whether a text says in so many words that the work is done."""
    words = fold(text)
    for taken_back in NOT_DONE_WORDS:
        words = words.replace(taken_back, "")
    return any(each in words for each in DONE_WORDS)
