import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from actionplans.importing.understanding.output import as_json
from actionplans.importing.understanding.shapes import Question, Understood
from actionplans.models import ActionPlan, PlanImport, PlanVersion
from actionplans.models.importing import Quarters
from actionplans.services import drafting, import_work, imports, plans
from concordat.asked import day_asked
from concordat.kernel.commands import RefusedError, told_plainly
from concordat.kernel.dates import today
from concordat.kernel.progress import ProgressBar
from signatories.models import Partnership
from signatories.services.errors import NotAllowedError

BY = "import_plan"
FIRST_YEAR, LAST_YEAR = 2000, 2050
ROUNDS = 5  # an answer may settle what hangs on it, or lead to another question
State = PlanImport.State


class Command(BaseCommand):
    help = "Bring a plan file into a partnership's draft: all or nothing, and nothing while a question is open."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="The plan: .xlsx, .xls, .ods, .csv, .docx or .odt.")
        parser.add_argument("--partnership", required=True, metavar="SLUG", help="Whose plan it is.")
        parser.add_argument("--plan", type=int, metavar="ID", help="Which plan, if the partnership has several.")
        parser.add_argument("--label", help="What the draft version is called.")
        parser.add_argument("--as-at", metavar="YYYY-MM-DD", help="The day of which it says how things stand.")
        parser.add_argument(
            "--quarters",
            choices=Quarters.values,
            default="",
            help="How the plan counts quarters, where it does not say it.",
        )
        parser.add_argument(
            "--default-year",
            type=int,
            metavar="YYYY",
            help="The financial year of dates that name none, by its first year: 2015 for 2015/16.",
        )
        parser.add_argument(
            "--leave-open",
            action="store_true",
            help="Apply it though questions are open that may stay so: dates, leads, empty cells.",
        )
        parser.add_argument(
            "--answers", metavar="FILE", help="JSON: the answer by the key (or the cell) of a question."
        )
        parser.add_argument("--dry-run", action="store_true", help="Say what it would change, and change nothing.")
        parser.add_argument("--json", action="store_true", help="The whole preview as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        stored: list[str] = []
        try:
            with told_plainly(), transaction.atomic():
                understood, row = self._bring_in(stored, **options)
                if row.state != State.APPLIED:
                    transaction.set_rollback(True)
        except BaseException:
            _forget(stored)
            raise
        self._tell(understood, row, **options)
        if row.state != State.APPLIED:
            _forget(stored)
            if not options["dry_run"]:
                raise CommandError(_open_questions(understood, row))

    def _bring_in(self, stored: list[str], **options: Any) -> tuple[Understood, PlanImport]:
        """Read the file and, where no question is open, apply it. Raises RefusedError."""
        on, answers = today(), _answers(options["answers"])
        if not _is_text(options["label"] or ""):
            raise RefusedError("--label holds a character that is none.")
        told = imports.Told(
            as_at=_day(options["as_at"], on),
            quarters=options["quarters"],
            default_year=_year(options["default_year"]),
        )
        try:
            draft = _draft(options["partnership"], options["plan"], options["label"], on)
            row = _taken(draft, Path(options["file"]), told)
            stored.append(row.stored_as)
            bar = ProgressBar(self.stderr)
            row = _step(row, on, bar)
            row = _answered(row, answers, on, bar)
            understood = import_work.understood_of(row, on)
            waits = row.must_be_answered if options["leave_open"] else understood.questions
            if not waits and not options["dry_run"]:
                row = _step(imports.confirm(row, seen=row.version, by=BY), on, bar)
                if row.state != State.APPLIED:
                    raise RefusedError(row.notice)
        except NotAllowedError as error:
            raise RefusedError(str(error)) from error
        return understood, row

    def _tell(self, understood: Understood, row: PlanImport, **options: Any) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(as_json(understood), ensure_ascii=False, indent=1))
            return
        counts = row.found["counts"]
        told = ", ".join(f"{counts[name]} {name}" for name in ("new", "changed", "unchanged"))
        done = "Applied" if row.state == State.APPLIED else "Would be applied"
        self.stdout.write(f"{done}: {told}; {counts['missing']} not in this file.")
        for warned in understood.warnings:
            self.stdout.write(f"{warned.at}: {warned.text}" if warned.at else warned.text)
        if options["dry_run"]:
            for question in understood.questions:
                self.stdout.write(f"Question {question.key}: {question.text}\n{_choices(question)}")


def _answers(name: str | None) -> Mapping[str, str]:
    """The answers in that file. Raises RefusedError."""
    if not name:
        return {}
    try:
        told = json.loads(Path(name).read_text(encoding="utf-8"))
    except OSError as error:
        raise RefusedError(f"The answers cannot be read from {name}: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise RefusedError(f"The answers in {name} are no JSON.") from error
    pairs = _pairs(told)
    if not all(isinstance(each, str) for pair in pairs for each in pair):
        raise RefusedError(f"The answers in {name} must be an object of texts: the answer by the key of its question.")
    if not all(_is_text(each) for pair in pairs for each in pair):
        raise RefusedError(f"The answers in {name} hold a character that is none.")
    return dict(pairs)


def _pairs(told: object) -> list[tuple[Any, Any]]:
    """Each key with its answer, of an object, or of a list of objects that name both; a pair without a text else."""
    if isinstance(told, dict):
        return list(told.items())
    if isinstance(told, list) and all(isinstance(each, dict) for each in told):
        return [(each.get("key") or each.get("cell"), each["answer"]) for each in told if "answer" in each]
    return [(None, None)]


def _is_text(given: str) -> bool:
    """Whether it can be kept and shown: neither with half of a pair of code units nor with the character NUL."""
    return "\0" not in given and not any("\ud800" <= letter <= "\udfff" for letter in given)


def _day(text: str | None, on: date) -> date:
    try:
        day = day_asked(text, on)
    except ValueError as error:
        raise RefusedError(str(error)) from error
    if day > on:
        raise RefusedError("--as-at is a day to come. Give today, or an earlier one.")
    return day


def _draft(slug: str, plan_id: int | None, label: str | None, on: date) -> PlanVersion:
    """The draft in hand of the plan; begun where there is none. Raises RefusedError and NotAllowedError."""
    partnership = Partnership.objects.filter(slug=slug).select_related("programme").first()
    if partnership is None:
        raise RefusedError(f"There is no partnership “{slug}”.")
    plan = _plan(partnership, plan_id)
    if plan is None:
        draft = drafting.begin_plan(partnership, title=f"Crisis care action plan of {partnership}", by=BY, on=on)
    else:
        in_hand = plan.versions.filter(state__in=["draft", "returned", "submitted"]).first()
        draft = in_hand or drafting.begin_version(plan, by=BY, on=on)
    imports.demand_in_hand(draft)
    if label and label != draft.label:
        plans.save_version(draft, {"label": label}, seen=draft.version, by=BY)
    found: PlanVersion = PlanVersion.objects.select_related("plan__partnership").get(pk=draft.pk)
    return found


def _plan(partnership: Partnership, plan_id: int | None) -> ActionPlan | None:
    found = list(partnership.plans.filter(kind=ActionPlan.Kind.CONCORDAT).order_by("pk"))
    if plan_id is not None:
        found = list(partnership.plans.filter(pk=plan_id))
        if not found:
            raise RefusedError(f"{partnership} has no plan {plan_id}.")
    if len(found) > 1:
        told = ", ".join(f"{each.pk} ({each})" for each in found)
        raise RefusedError(f"{partnership} has several plans. Say which with --plan: {told}.")
    return found[0] if found else None


def _year(year: int | None) -> int | None:
    """Raises RefusedError for a year that no plan is of."""
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        raise RefusedError(f"--default-year is a year from {FIRST_YEAR} to {LAST_YEAR}.")
    return year


def _taken(draft: PlanVersion, path: Path, told: imports.Told) -> PlanImport:
    try:
        with path.open("rb") as file:
            return imports.take_file(draft, File(file, name=path.name), told, by=BY, now=timezone.now())
    except OSError as error:
        raise RefusedError(f"The file {path} cannot be read: {error.strerror}.") from error


def _step(row: PlanImport, on: date, bar: ProgressBar) -> PlanImport:
    """What a worker would do next, here and now. Raises RefusedError for a file that cannot be read."""
    import_work.step(row.pk, by=BY, on=on, now=timezone.now(), progress=lambda done, what: bar(done, 100))
    row = PlanImport.objects.select_related("draft__plan__partnership").get(pk=row.pk)
    if row.state == State.REFUSED:
        raise RefusedError(row.refusal)
    return row


def _answered(row: PlanImport, answers: Mapping[str, str], on: date, bar: ProgressBar) -> PlanImport:
    """The file understood with those answers; what then comes up is answered too, as far as they go."""
    given: dict[str, str] = {}
    for _ in range(ROUNDS):
        fitting = {**(answers if not given else {}), **_by_cell(row, answers)}
        new = {key: value for key, value in fitting.items() if key not in given and key not in _cells(row)}
        if not new:
            break
        given |= new
        row = _step(imports.answer(row, new, seen=row.version, by=BY), on, bar)
    return row


def _by_cell(row: PlanImport, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers to open questions that name a cell."""
    return {
        question["key"]: answers[cell]
        for question in row.found["questions"]
        for cell in question["cells"]
        if cell in answers
    }


def _cells(row: PlanImport) -> set[str]:
    """The names of all cells about which something was asked: they are no keys."""
    asked = [*row.found["questions"], *row.found["answered"]]
    return {cell for question in asked for cell in question["cells"]}


def _open_questions(understood: Understood, row: PlanImport) -> str:
    count = len(understood.questions)
    told = "\n".join(f"  {each.key}\n    {each.text}\n{_choices(each)}" for each in understood.questions)
    may_wait = "" if row.must_be_answered else " Or apply it with --leave-open."
    return (
        f"{count} question{'s are' if count > 1 else ' is'} open, so nothing was changed.{may_wait} "
        f"Answer with --answers FILE, a JSON object of the answer by key:\n{told}"
    )


def _choices(question: Question) -> str:
    """What may be answered, a line for each: the value, and what it means."""
    return "\n".join(f"      {each.value}: {each.label}" for each in question.choices)


def _forget(stored: list[str]) -> None:
    """Delete the files of what was undone."""
    for name in stored:
        with suppress(OSError):
            default_storage.delete(name)
