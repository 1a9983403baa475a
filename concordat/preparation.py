"""What has to be there before the product can be used: tables, areas, history, an administrator, static files.

Each step first asks cheaply whether it was done before, so that a second start is quick.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterator

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from concordat.demo.programme import SLUG as DEMO_SLUG
from concordat.kernel import changes
from concordat.look import build
from signatories.models import Person, Programme
from signatories.services.people import keep_address

Say = Callable[[str], object]
ADMINISTRATOR = "admin@example.org"


def prepare(say: Say) -> None:
    """Do all that is still to be done, and say what."""
    build_look(say)
    migrate(say)
    refuse_the_other_country()
    load(say)
    first_administrator(say)
    collect_static(say)


def build_look(say: Say) -> None:
    """Compile the stylesheet where it is not compiled, or what it is made of has changed.

    Raises CommandError with one plain sentence.
    """
    if build.is_built(build.ROOT, build.fingerprint(build.ROOT)):
        return
    say("Building the look …")
    try:
        build.build()
    except build.BuildError as error:
        raise CommandError(str(error)) from error


def migrate(say: Say) -> None:
    """Bring the tables up to date."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    say("Preparing the database …")
    call_command("migrate", interactive=False, verbosity=0)


def refuse_the_other_country() -> None:
    """Never show made-up facts as real ones, or the reverse.

    Raises CommandError where the database holds what the settings do not ask for.
    """
    programmes = set(Programme.objects.values_list("slug", flat=True))
    if programmes and (DEMO_SLUG in programmes) != settings.DEMO:
        held = "the demonstration" if DEMO_SLUG in programmes else "real records"
        raise CommandError(f"This database holds {held}; set CONCORDAT_VAR or DATABASE_URL to one of its own.")


def loaders() -> dict[str, str]:
    """Each loading command and the model whose first row shows that it has run (each loads all or nothing)."""
    return {
        "load_areas": "areas.Area",
        "load_boundaries": "areas.Boundary",
        "load_demo" if settings.DEMO else "load_history": "signatories.Partnership",
    }


def load(say: Say) -> None:
    """Load areas, boundaries and the history (or the demonstration country), where they are not yet loaded."""
    for command, model in loaders().items():
        if not apps.get_model(model)._default_manager.exists():
            say(f"{command} …")
            call_command(command)


@transaction.atomic
def first_administrator(say: Say) -> None:
    """Make a national administrator where there is none, and say the password this once; never in production."""
    people = Person.objects
    if not settings.EMBEDDED or people.filter(is_superuser=True).exists():
        return
    password = secrets.token_urlsafe(12)
    person = people.create_superuser(ADMINISTRATOR, password, name="First administrator")
    keep_address(person)
    changes.record(person, "created", by="run")
    say(f"\nFirst administrator: {ADMINISTRATOR}\nPassword, shown only this once: {password}\n")


def collect_static(say: Say) -> None:
    """Collect the static files when one of them has changed since the last time."""
    mark = settings.VAR_DIR / "static-files-collected"
    present = fingerprint()
    collected = mark.read_text(encoding="utf-8") if mark.exists() else ""
    if collected == present and (settings.STATIC_ROOT / "staticfiles.json").exists():
        return
    say("Collecting static files …")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(present, encoding="utf-8")


def fingerprint() -> str:
    """A hash of the name, size and time of every static file."""
    return hashlib.sha256("\n".join(sorted(_static_files())).encode()).hexdigest()


def _static_files() -> Iterator[str]:
    for finder in get_finders():
        for path, storage in finder.list([]):
            written = storage.get_modified_time(path).timestamp()
            yield f"{getattr(storage, 'prefix', '')}/{path} {storage.size(path)} {written}"
