"""The stylesheet is compiled once, from what is there, and a failure is told in a sentence."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from concordat.look import build


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What the build reads, in a folder with a space."""
    root = tmp_path / "a folder"
    (root / build.SOURCE).parent.mkdir(parents=True)
    shutil.copy(build.ROOT / build.SOURCE, root / build.SOURCE)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(build.ROOT / name, root / name)
    return root


@pytest.fixture
def commands(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The programs that were started; the compiler writes its stylesheet, the others do nothing."""
    started: list[list[str]] = []

    def run(command: list[str], *_: Any) -> None:
        started.append(command)
        if command[-1].endswith(".part"):
            Path(command[-1]).write_text("a{}", encoding="utf-8")

    monkeypatch.setattr(build, "run", run)
    monkeypatch.setattr(build, "node_programs", lambda root: Path("/node"))
    return started


def test_it_is_fetched_compiled_and_put_in_its_place(checkout: Path, commands: list[list[str]]) -> None:
    assert build.build(checkout)
    assert [Path(command[0]).name for command in commands] == ["npm", "node"]
    assert "--ignore-scripts" in commands[0]
    assert (checkout / build.BUILT).read_text(encoding="utf-8") == "a{}"


def test_a_second_time_nothing_is_started(checkout: Path, commands: list[list[str]]) -> None:
    build.build(checkout)
    commands.clear()
    assert not build.build(checkout)
    assert commands == []


@pytest.mark.parametrize("changed", [build.SOURCE, Path("package-lock.json")])
def test_it_is_compiled_again_when_what_it_is_made_of_has_changed(
    checkout: Path, commands: list[list[str]], changed: Path
) -> None:
    build.build(checkout)
    with (checkout / changed).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert build.build(checkout)


def test_it_is_compiled_again_when_the_stylesheet_was_deleted(checkout: Path, commands: list[list[str]]) -> None:
    build.build(checkout)
    (checkout / build.BUILT).unlink()
    assert build.build(checkout)


def test_after_a_failed_compiler_the_old_stylesheet_stays_and_the_next_start_tries_again(
    checkout: Path, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    build.build(checkout)
    (checkout / build.SOURCE).write_text("$", encoding="utf-8")

    def fail(root: Path, programs: Path) -> None:
        raise build.BuildError("no")

    monkeypatch.setattr(build, "compile_stylesheet", fail)
    with pytest.raises(build.BuildError):
        build.build(checkout)
    assert (checkout / build.BUILT).exists()
    assert not build.is_built(checkout, build.fingerprint(checkout))


@pytest.mark.parametrize(
    ("node", "npm", "version", "expected"),
    [
        ("/usr/bin/node", "/usr/bin/npm", (20, 19), "/usr/bin"),
        ("/usr/bin/node", "/usr/bin/npm", (24, 1), "/usr/bin"),
        ("/usr/bin/node", "/usr/bin/npm", (20, 18), "wheel"),
        ("/usr/bin/node", "/usr/bin/npm", (), "wheel"),
        ("/usr/bin/node", None, (22, 0), "wheel"),
        (None, None, (), "wheel"),
    ],
)
def test_the_machines_own_node_is_used_where_it_is_new_enough(
    monkeypatch: pytest.MonkeyPatch, node: str | None, npm: str | None, version: tuple[int, ...], expected: str
) -> None:
    monkeypatch.setattr(build.shutil, "which", {"node": node, "npm": npm}.get)
    monkeypatch.setattr(build, "node_version", lambda program: version)
    monkeypatch.setattr(build, "node_from_wheel", lambda root: Path("wheel"))
    assert build.node_programs(Path("/nowhere")) == Path(expected)


@pytest.mark.parametrize(
    ("said", "version"), [("v20.19.2", (20, 19)), ("v24.0.0-nightly", (24, 0)), ("", ()), ("no node", ())]
)
def test_reading_the_version(monkeypatch: pytest.MonkeyPatch, said: str, version: tuple[int, ...]) -> None:
    done = subprocess.CompletedProcess([], 0, stdout=said + "\n", stderr="")
    monkeypatch.setattr(build.subprocess, "run", lambda *args, **options: done)
    assert build.node_version("node") == version


def test_a_program_that_fails_is_told_in_one_sentence(tmp_path: Path) -> None:
    said = "npm error code ENOTFOUND\nnpm error syscall connect\nnpm error network request failed\nnpm error More"
    script = f"import sys; sys.exit({said!r})"
    with pytest.raises(build.BuildError, match=r"^It could not be fetched: network request failed$"):
        build.run([shutil.which("python3") or "python3", "-c", script], tmp_path, "It could not be fetched")


def test_a_program_that_is_not_there_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(build.BuildError, match=r"^It could not be fetched: No such file or directory \(/no/npm\)\.$"):
        build.run(["/no/npm"], tmp_path, "It could not be fetched")
