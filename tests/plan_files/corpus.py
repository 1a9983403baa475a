"""All plan files that the tests make, by a name that says their shape. `fuzz` spoils them."""

from collections.abc import Callable
from types import ModuleType

from tests.plan_files import documents, lines, old, opendocuments, workbooks

OTHERS = {"saved", "begun", "filled", "long_workbook", "long_document"}


def _made_in(module: ModuleType, ending: str) -> dict[str, Callable[[], bytes]]:
    return {
        f"{name}.{ending}": made
        for name, made in vars(module).items()
        if callable(made) and getattr(made, "__module__", "") == module.__name__ and name not in OTHERS
    }


def _named_after_the_format(made: dict[str, Callable[[], bytes]]) -> dict[str, Callable[[], bytes]]:
    parts = {name.removesuffix(".").partition("_"): each for name, each in made.items()}
    return {f"{rest}.{ending}": each for (ending, _, rest), each in parts.items()}


CORPUS: dict[str, Callable[[], bytes]] = {
    **_made_in(workbooks, "xlsx"),
    **_made_in(old, "xls"),
    **_made_in(documents, "docx"),
    **_named_after_the_format(_made_in(opendocuments, "")),
    **_made_in(lines, "csv"),
}
