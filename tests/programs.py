"""Programs that tests need from outside pip: where they are."""

import os
import shutil

import pytest


def found(name: str, how_to_get_it: str) -> str:
    """Where the program is; where it is not, the test is skipped, or fails under REQUIRE_BROWSER=1, as in CI."""
    there = shutil.which(name)
    if there is not None:
        return there
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(how_to_get_it)
    pytest.skip(how_to_get_it)
