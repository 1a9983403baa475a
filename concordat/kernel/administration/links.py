"""Ways from a row to the lists that belong to it.

An app adds its own to the pages of the apps below it, so that imports run downward only.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db import models
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Lookups = Mapping[str, Any]


@dataclass(frozen=True)
class Pointer:
    """A list that belongs to a row: its words, the model listed, and the filter that the row's own values give."""

    words: str
    listed: type[models.Model]
    lookups: Callable[[models.Model], Lookups]


_pointers: dict[str, list[Pointer]] = defaultdict(list)


def points_to(
    start: type[models.Model], words: str, listed: type[models.Model], lookups: Callable[[Any], Lookups]
) -> None:
    """Let every admin page of `start` show a link to the list of `listed`, filtered by `lookups(row)`."""
    _pointers[start._meta.label_lower].append(Pointer(words, listed, lookups))


def has_pointers(model: type[models.Model]) -> bool:
    """Whether any list belongs to the rows of that model."""
    return bool(_pointers[model._meta.label_lower])


def pointers_of(row: models.Model) -> SafeString:
    """The links from one row, side by side."""
    links = (
        (list_url(pointer.listed, pointer.lookups(row)), pointer.words) for pointer in _pointers[row._meta.label_lower]
    )
    return format_html_join(" · ", '<a href="{}">{}</a>', links)


def public_address(row: Any) -> str | None:
    """The address of a row's own public page; None where it has none: a draft, a plan with nothing published."""
    if row is None or not hasattr(row, "get_absolute_url") or not getattr(row, "has_page", True):
        return None
    address: str = row.get_absolute_url()
    return address


def list_url(model: type[models.Model], lookups: Lookups) -> str:
    """The address of the admin list of that model, filtered."""
    opts = model._meta
    return f"{reverse(f'admin:{opts.app_label}_{opts.model_name}_changelist')}?{urlencode(lookups)}"


def row_link(model: type[models.Model] | None, pk: int, words: str) -> str | SafeString:
    """A link to the admin page of a row; only the words if it has none."""
    if model is None or not admin.site.is_registered(model):
        return words
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[pk])
    return format_html('<a href="{}">{}</a>', address, words)
