"""`manage.py run`: prepare everything, then run web, worker and beat on this one machine."""

import os
import socket
import subprocess
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand

from concordat import embedded, env, preparation, processes


def check_port(port: int) -> None:
    """Raise StartError when the port of the loopback interface cannot be listened on."""
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            raise embedded.StartError(f"Port {port} cannot be used here; choose another: PORT=8001 make run") from None


@contextmanager
def redis_server() -> Iterator["subprocess.Popen[bytes] | None"]:
    """The embedded server, or none where REDIS_URL names one that is there already."""
    if os.environ.get("REDIS_URL", "").strip():
        yield None
        return
    url = embedded.new_url()
    with embedded.serve(settings.VAR_DIR / "redis", url) as server:
        embedded.use(url)
        yield server


class Command(BaseCommand):
    help = "Prepares everything, then runs the web server, a worker and beat until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--prepare-only", action="store_true", help="prepare everything, then end")

    def handle(self, *args: Any, prepare_only: bool, **options: Any) -> None:
        try:
            code = self.start(prepare_only)
        except (embedded.StartError, ImproperlyConfigured) as refusal:
            self.stderr.write(str(refusal))
            raise SystemExit(1) from None
        except KeyboardInterrupt:
            raise SystemExit(130) from None
        if code:
            raise SystemExit(code)

    def start(self, prepare_only: bool) -> int:
        """Prepare and run; the answer is an exit code."""
        port = env.number("PORT", 8000)
        if not prepare_only:
            check_port(port)
        processes.mind_signals()
        if "SITE_URL" not in os.environ:
            os.environ["SITE_URL"] = settings.SITE_URL = f"http://localhost:{port}"
        with embedded.sole_use(settings.VAR_DIR), redis_server() as server:
            preparation.prepare(self.say)
            return 0 if prepare_only else self.run_on(port, server)

    def run_on(self, port: int, server: "subprocess.Popen[bytes] | None") -> int:
        """Run web, worker and beat until they end, or until the server that they need does."""
        self.say(f"Open http://localhost:{port}/ in a browser; Ctrl-C stops everything.")
        if server is None:
            return processes.run_together(port)
        with processes.stopping_with(server):
            code = processes.run_together(port)
            return code if server.poll() is None else 1

    def say(self, text: str) -> None:
        """Tell the person at the terminal at once."""
        self.stdout.write(text)
        self.stdout.flush()
