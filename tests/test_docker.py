"""What can be known of the image and the services without a Docker daemon: that the files fit the project."""

import json
import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
# What newer builders alone understand.
TOO_NEW = r"^# *syntax|<<-?['\"]?[A-Z]+|--mount|--chmod|--link|--parents|--exclude"
# Set by us, for no .env to change.
OURS = {"POSTGRES_PASSWORD"}
SHIPPED_WITH_THE_IMAGE = {"python", "sh", "npm", "npx", "groupadd", "useradd", "rm", "chmod"}


def instructions() -> list[tuple[str, str]]:
    """Every instruction with its argument, continued lines joined."""
    joined = re.sub(r"\\\n\s*", "", re.sub(r"(?m)^#.*\n", "", DOCKERFILE))
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in joined.splitlines() if line)]


def last_stage() -> list[tuple[str, str]]:
    found = instructions()
    return found[max(number for number, (name, _) in enumerate(found) if name == "FROM") :]


def service(name: str) -> str:
    """The lines of one service."""
    found = re.search(rf"(?ms)^  {name}:\n(.*?)(?=^  \w+:\n|^\w|\Z)", COMPOSE.partition("\nservices:\n")[2])
    assert found, name
    return found[1]


def anchor(name: str) -> str:
    found = re.search(rf"(?ms)^x-\w+: &{name}\n(.*?)(?=^\S)", COMPOSE)
    assert found, name
    return found[1]


@pytest.mark.parametrize("text", [DOCKERFILE, COMPOSE], ids=["Dockerfile", "docker-compose.yml"])
def test_nothing_newer_than_docker_20_10_is_needed(text: str) -> None:
    assert re.findall(TOO_NEW, text, re.MULTILINE) == []
    assert not re.search(r"(?m)^(version|include|develop|name):", text)


def test_every_copied_file_is_there_and_reaches_the_builder() -> None:
    ignored = set((ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines())
    copied = [rest.split()[:-1] for name, rest in instructions() if name == "COPY" and "--from" not in rest]
    assert len(copied) == 4
    for source in (source for sources in copied for source in sources):
        assert (ROOT / source).exists(), source
        assert source not in ignored, source


def test_secrets_and_what_is_made_anew_stay_out_of_the_image() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {".env", ".git", ".venv", "var", "node_modules", "static/built", "tests"} <= set(ignored)


def test_the_image_has_neither_node_nor_compilers_and_runs_without_rights() -> None:
    stages = [rest for name, rest in instructions() if name == "FROM"]
    assert [stage.split()[0] for stage in stages] == [
        "node:22-bookworm-slim",
        "python:3.11-slim-bookworm",
        "python:3.11-slim-bookworm",
    ]
    assert "apt-get" not in DOCKERFILE
    runtime = last_stage()
    (user,) = (rest for name, rest in runtime if name == "USER")
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user)
    after = [name for name, _ in runtime[[name for name, _ in runtime].index("USER") :]]
    assert set(after) == {"USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "CMD"}


def test_the_web_server_is_in_the_requirements_and_writes_to_memory_alone() -> None:
    (command,) = (json.loads(rest) for name, rest in last_stage() if name == "CMD")
    assert f"\n{command[0]}==" in (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert command[command.index("--worker-tmp-dir") + 1] == "/dev/shm"  # noqa: S108 - memory, and meant
    assert "--no-control-socket" in command


def test_the_health_check_is_a_program_that_asks_by_a_name_of_the_site() -> None:
    (check,) = (rest for name, rest in last_stage() if name == "HEALTHCHECK")
    program = json.loads(check.partition(" CMD ")[2])
    assert program[:2] == ["python", "-c"]
    compile(program[2], "health check", "exec")
    assert "/healthz" in program[2]
    assert "ALLOWED_HOSTS" in program[2]


def test_static_files_are_collected_with_the_look_in_them() -> None:
    steps = [f"{name} {rest}" for name, rest in last_stage()]
    everything = steps.index("COPY . .")
    look = steps.index("COPY --from=look /look/static/built static/built")
    collected = next(number for number, step in enumerate(steps) if "collectstatic" in step)
    assert everything < look < collected < next(n for n, step in enumerate(steps) if step.startswith("USER"))


def test_every_variable_of_the_services_is_explained_in_the_example() -> None:
    example = set(re.findall(r"(?m)^(\w+)=", (ROOT / ".env.example").read_text(encoding="utf-8")))
    asked = set(re.findall(r"(?<!\$)\$\{(\w+)", COMPOSE))
    given = set(re.findall(r"(?m)^    ([A-Z_]+): ", anchor("tracker")))
    assert asked - OURS <= example
    assert given <= example
    assert set(re.findall(r"# .*?(POSTGRES_PASSWORD)", COMPOSE)) >= OURS


def test_production_gets_every_variable_that_it_could_need() -> None:
    example = set(re.findall(r"(?m)^(\w+)=", (ROOT / ".env.example").read_text(encoding="utf-8")))
    given = set(re.findall(r"(?m)^    ([A-Z_]+): ", anchor("tracker")))
    of_one_machine = {"CONCORDAT_DEMO", "CONCORDAT_VAR", "PORT", "DEBUG", "STATIC_ROOT", "MEDIA_ROOT"}
    assert example - given == of_one_machine


@pytest.mark.parametrize("name", ["web", "worker", "beat", "prepare", "database", "queue"])
def test_every_service_is_confined_watched_and_bounded(name: str) -> None:
    text = service(name)
    base = "confined" if name in ("database", "queue") else "tracker"
    assert f"<<: *{base}" in text
    inherited = anchor("confined") + (anchor("tracker") if base == "tracker" else "")
    for rule in ("read_only: true", "cap_drop: [ALL]", "no-new-privileges:true", "tmpfs: [/tmp", "pids_limit:"):
        assert rule in inherited
    assert "mem_limit:" in inherited + text
    assert "healthcheck:" in text or name == "web"  # which has that of the image
    assert "<<: *confined" in anchor("tracker")


def test_only_the_proxy_on_the_same_machine_reaches_the_services() -> None:
    ports = re.findall(r'(?m)^      - "(.*:\d+)"$', COMPOSE)
    assert ports == ["127.0.0.1:${PORT:-8000}:8000"]


def test_the_others_wait_until_all_is_prepared() -> None:
    for name in ("web", "worker", "beat"):
        assert re.search(
            r"depends_on: (&prepared\n +prepare: {condition: service_completed_successfully}|\*prepared)", service(name)
        )
    assert 'restart: "no"' in service("prepare")
    commands = re.findall(r"manage\.py (\w+)", service("prepare"))
    assert commands == ["migrate", "load_areas", "load_boundaries", "load_history"]


def test_every_program_that_a_service_starts_is_in_the_image() -> None:
    required = set(re.findall(r"(?m)^([\w-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8")))
    for name in ("prepare", "worker", "beat"):
        command = re.search(r"command: >?\s*(.+)", service(name))
        assert command, name
        program = re.split(r"\s", command[1])[0]
        assert program in required | SHIPPED_WITH_THE_IMAGE, program
    run = [shlex.split(part)[0] for name, rest in instructions() if name == "RUN" for part in rest.split("&&")]
    assert {Path(program).name for program in run if "=" not in program} <= SHIPPED_WITH_THE_IMAGE | {"pip"}
