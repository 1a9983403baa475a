"""`python -m tests.audit`: known vulnerabilities in what is installed, asked of pip-audit.

A vulnerability fails. A service that cannot be reached does not: a check must work on a train.
"""

import json
import subprocess
import sys
from typing import Any

COMMAND = [sys.executable, "-m", "pip_audit", "--local", "--format", "json", "--progress-spinner", "off"]
NOT_ASKED = "pip-audit could not reach its service, so known vulnerabilities were not checked."


def verdict(answer: str) -> tuple[int, list[str]]:
    """An exit code and the lines to print, from pip-audit's JSON (empty when it failed)."""
    packages: list[dict[str, Any]] = json.loads(answer)["dependencies"] if answer.strip() else []
    checked = [package for package in packages if "vulns" in package]
    if not checked:
        return 0, [NOT_ASKED]
    found = [(package, vulnerability) for package in checked for vulnerability in package["vulns"]]
    if not found:
        return 0, [f"No known vulnerability in {len(checked)} packages."]
    return 1, [_line(package, flaw) for package, flaw in found]


def _line(package: dict[str, Any], flaw: dict[str, Any]) -> str:
    fixed = ", ".join(flaw["fix_versions"]) or "no version"
    return f"{package['name']} {package['version']}: {flaw['id']}, fixed in {fixed}"


def main() -> int:
    """Ask, print, and give the exit code."""
    audit = subprocess.run(COMMAND, capture_output=True, text=True, check=False)
    code, lines = verdict(audit.stdout)
    print("\n".join(lines))
    return code


if __name__ == "__main__":
    sys.exit(main())
