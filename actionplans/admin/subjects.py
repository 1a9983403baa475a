"""Sections of the plan template, and themes that run across them."""

from typing import ClassVar

from django.contrib import admin

from actionplans.models import Section, Theme
from concordat.kernel.administration import RecordedAdmin


@admin.register(Section)
class SectionAdmin(RecordedAdmin):
    about = "The sections under which every plan is read. Imports know them by their code."
    list_display = ("code", "title", "also_numbered", "plain_title", "position", "programme")
    list_filter = ("programme",)
    list_select_related = ("programme",)
    search_fields = ("code", "title", "also_numbered", "plain_title")
    autocomplete_fields = ("programme",)
    fixed_once_added = ("programme", "code")
    fields = ("programme", "code", "also_numbered", "title", "plain_title", "position")
    refusals: ClassVar = {"section_code_once": ("code", "The programme has a section of this code already.")}


@admin.register(Theme)
class ThemeAdmin(RecordedAdmin):
    about = "Subjects that run across sections, for searching and for the report by theme."
    list_display = ("name", "slug", "description")
    search_fields = ("name", "slug", "description")
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    fixed_once_added = ("slug",)
    fields = ("name", "slug", "description")
