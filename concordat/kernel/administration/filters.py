"""List filters that the models of several apps share."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from concordat.kernel.dates import today
from concordat.kernel.periods import holds_on


class HoldsFilter(admin.SimpleListFilter):
    """Dated rows by whether they hold today, in London."""

    title = "time"
    parameter_name = "time"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("now", "Holds today"), ("ended", "Ended"), ("later", "Not yet")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        on = today()
        if self.value() == "now":
            return queryset.filter(holds_on(on))
        if self.value() == "ended":
            return queryset.filter(until_on__lte=on)
        return queryset.filter(from_on__gt=on) if self.value() == "later" else queryset


class Listed(admin.SimpleListFilter):
    """Rows by another row they point to, whose names are read without the rest of it (a shape is megabytes)."""

    #: The key to the other row, and the field of it that names it.
    key: ClassVar[str]
    named_by: ClassVar[str]

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[Any, str]]:
        others = model_admin.model._meta.get_field(self.key).related_model._base_manager
        return [(pk, str(name)) for pk, name in others.order_by(self.named_by).values_list("pk", self.named_by)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        known = {str(pk) for pk, _ in self.lookup_choices}
        return queryset.filter(**{self.key: self.value()}) if self.value() in known else queryset
