import json

import pytest

from tests.audit import NOT_ASKED, verdict

SOUND = {"name": "django", "version": "5.2.19", "vulns": []}
SKIPPED = {"name": "django", "skip_reason": "Dependency not found"}
FLAWED = {"name": "brotli", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.2"]}]}
UNFIXED = {"name": "brotli", "version": "1.0", "vulns": [{"id": "PYSEC-2", "fix_versions": []}]}


@pytest.mark.parametrize(
    ("packages", "expected"),
    [
        ([SOUND, SKIPPED], (0, ["No known vulnerability in 1 packages."])),
        ([SOUND, FLAWED], (1, ["brotli 1.0: PYSEC-1, fixed in 1.2"])),
        ([UNFIXED], (1, ["brotli 1.0: PYSEC-2, fixed in no version"])),
        ([SKIPPED], (0, [NOT_ASKED])),
    ],
)
def test_a_known_vulnerability_fails(packages: list[dict], expected: tuple[int, list[str]]) -> None:
    assert verdict(json.dumps({"dependencies": packages, "fixes": []})) == expected


def test_a_service_out_of_reach_does_not_fail() -> None:
    assert verdict("") == (0, [NOT_ASKED])
