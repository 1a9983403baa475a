"""The settings under test: those of concordat/settings.py, with a folder, a database and a queue of this process alone.

DATABASE_URL chooses PostgreSQL; without it, or with another kind, the tests use an SQLite file of their own.
(A file and not memory: the live server and a real worker share it as they would in use.)
TEST_REDIS_URL names a Redis-protocol server to use; without it each process starts one (see conftest.py).
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import quote, urlsplit

from concordat import embedded, env

_FOLDER = Path(tempfile.mkdtemp(prefix="concordat tests "))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)


def _redis_url() -> str:
    """A database of the given server for each parallel process, or the address of a server to be started."""
    given = os.environ.get("TEST_REDIS_URL")
    number = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    return urlsplit(given)._replace(path=f"/{number}").geturl() if given else embedded.new_url()


def _database_url() -> str:
    given = os.environ.get("DATABASE_URL", "")
    return given if given.startswith("postgres") else f"sqlite:///{quote(str(_FOLDER / 'concordat.sqlite3'))}"


# In the environment, so that a program which a test starts works on the same parts.
os.environ.update(
    CONCORDAT_MODE="embedded",
    CONCORDAT_DEMO="no",
    CONCORDAT_VAR=str(_FOLDER),
    DATABASE_URL=_database_url(),
    REDIS_URL=_redis_url(),
    EMAIL_URL=f"smtp://127.0.0.1:{embedded.free_port()}",  # where a test may start a mail server
    SECRET_KEY="only for tests",
)
# What a developer keeps in a .env file is no part of the tests.
_load, env.load_env_file = env.load_env_file, lambda path: None
from concordat.settings import *  # noqa: E402, F403 - the environment comes first

env.load_env_file = _load

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one is slow on purpose
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
STATIC_ROOT.mkdir()  # noqa: F405
# The live server's threads hold no connection longer than a request: a database in use cannot be dropped.
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": str(_FOLDER / "tests.sqlite3")}  # noqa: F405
else:
    # Whoever waits for a lock that nobody gives back fails, instead of waiting for ever.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c lock_timeout=90s -c statement_timeout=300s"  # noqa: F405
