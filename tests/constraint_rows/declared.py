"""Which constraints the models declare, and how each database names the one that refused a row."""

from dataclasses import dataclass

from django.apps import apps
from django.db import IntegrityError, connection
from django.db.models import CheckConstraint, Model, UniqueConstraint

APPS = ("kernel", "areas", "signatories", "actionplans", "reports")


@dataclass(frozen=True)
class Declared:
    """A constraint of one table. `columns` is empty for a check and for a uniqueness of expressions."""

    name: str
    table: str
    columns: tuple[str, ...]
    is_check: bool

    def refusal(self) -> str:
        """What an error says that comes from this constraint alone."""
        if connection.vendor == "postgresql":
            return self.name if not self._is_field else self._name_of_field()
        if self.is_check:
            return f"CHECK constraint failed: {self.name}"
        columns = ", ".join(f"{self.table}.{column}" for column in self.columns)
        return f"UNIQUE constraint failed: {columns}" if columns else f"UNIQUE constraint failed: index '{self.name}'"

    @property
    def _is_field(self) -> bool:
        return "." in self.name

    def _name_of_field(self) -> str:
        """The name that PostgreSQL itself gave to the uniqueness of a column."""
        with connection.cursor() as cursor:
            constraints = connection.introspection.get_constraints(cursor, self.table)
        return next(
            name
            for name, found in constraints.items()
            if found["unique"]
            and not found["primary_key"]
            and tuple(found["columns"]) == self.columns
            and found["definition"] is None
        )


def models() -> list[type[Model]]:
    """The models of the apps, without the tables that Django makes for many-to-many fields."""
    return [model for app in APPS for model in apps.get_app_config(app).get_models()]


def _of_fields(model: type[Model]) -> list[Declared]:
    meta = model._meta
    return [
        Declared(f"{meta.label_lower}.{field.name}", meta.db_table, (field.column,), is_check=False)
        for field in meta.local_concrete_fields
        if field.unique and not field.primary_key
    ]


def _of_constraint(model: type[Model], constraint: CheckConstraint | UniqueConstraint) -> Declared:
    meta = model._meta
    is_check = isinstance(constraint, CheckConstraint)
    columns = () if is_check else tuple(meta.get_field(name).column for name in constraint.fields)
    return Declared(constraint.name, meta.db_table, columns, is_check=is_check)


def declared() -> dict[str, Declared]:
    """Every constraint and every unique field of the models, by name ("areas.area.slug" for a field)."""
    rows = [
        row
        for model in models()
        for row in [*_of_fields(model), *(_of_constraint(model, each) for each in model._meta.constraints)]
    ]
    return {row.name: row for row in rows}


def refused_by(error: IntegrityError) -> str:
    """What the database says refused the row: comparable to `Declared.refusal`."""
    if connection.vendor == "postgresql":
        return error.__cause__.diag.constraint_name or ""
    return str(error)
