"""A book with every action in a row of its own, before it is kept and understood. Pure; nothing is left out.

Tables beside one another become sheets of their own, and tables with their headings down the first column are turned.
A cell keeps the place where the person finds it.
"""

from dataclasses import replace

from actionplans.importing.tables import Book, Sheet, Warned
from actionplans.importing.understanding.fields import Field
from actionplans.importing.understanding.headers import fields_of, find_headers
from actionplans.importing.understanding.side_by_side import parted
from actionplans.importing.understanding.turning import actions_in, turned
from actionplans.importing.understanding.words import tidy, written

TURNED = "On “{name}” the headings stand down a column. The table was turned, so that each action is a row."


def arranged(book: Book) -> Book:
    """The book with its actions in rows. What is arranged already stays as it is."""
    sheets: list[Sheet] = []
    warned: list[Warned] = []
    changed = False
    for sheet, plain in zip(book.sheets, tidy(book).sheets, strict=True):
        parts, told = parted(plain)
        changed = changed or len(parts) > 1
        sheets += parts if len(parts) > 1 else [sheet]
        warned += told
    forms = [turned(sheet) for sheet in tidy(replace(book, sheets=tuple(sheets))).sheets]
    if any(forms) and not _may_explain(sheets, forms):
        changed = True
        warned += [Warned(_first(form), TURNED.format(name=form.name)) for form in forms if form is not None]
        sheets = [form or sheet for form, sheet in zip(forms, sheets, strict=True)]
    if not changed:
        return book
    return replace(book, sheets=tuple(_named_apart(sheets)), warnings=(*book.warnings, *warned))


def _may_explain(sheets: list[Sheet], forms: list[Sheet | None]) -> bool:
    """Whether one lone form stands beside a table of actions, so that it may only explain its headings."""
    if sum(actions_in(sheet) for sheet, form in zip(sheets, forms, strict=True) if form) > 1:
        return False
    others = [sheet for sheet, form in zip(sheets, forms, strict=True) if form is None]
    plain = tidy(Book(tuple(others))).sheets
    return any(
        Field.ACTION in fields_of(sheet.rows[header.after - 1])
        for sheet in plain
        for header in find_headers(sheet.rows)
    )


def _named_apart(sheets: list[Sheet]) -> list[Sheet]:
    """Sheets of which a part has the name of another get a number."""
    names: set[str] = set()
    found = []
    for sheet in sheets:
        name, number = sheet.name, 1
        while name in names and sheet.name.rpartition(", from column ")[1]:
            number += 1
            name = f"{sheet.name} ({number})"
        names.add(name)
        found.append(sheet if name == sheet.name else replace(sheet, name=name))
    return found


def _first(sheet: Sheet) -> str:
    return next((cell.at for row in sheet.rows for cell in row.cells if written(cell)), sheet.name)
