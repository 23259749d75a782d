"""What the desk calls its models: the words of the glossary, in the language of the page."""

from __future__ import annotations

from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# Plural names, in menus and breadcrumbs; other models are called as they are.
NAMES: Final[dict[str, str | Promise]] = {
    "SamenessQuestion": _("The same?"),
    "ArticleRevision": _("Texts of articles"),
    "Assertion": _("Figures"),
    "ClaimRelation": _("Links between claims"),
    "ClaimVersion": _("Published versions"),
    "ReviewEvent": _("What happened"),
    "Claim": _("Claims"),
    "Dispute": _("Disputes"),
    "Correction": _("Corrections"),
    "Merge": _("Merges"),
    "Source": _("Sources"),
    "Party": _("Parties"),
    "Subject": _("Subjects"),
    "Measure": _("Measures"),
    "SourceRelation": _("Relations between sources"),
    "Article": _("Articles"),
    "ImportRun": _("Imports"),
    "ImportedPage": _("Imported texts"),
    "ImportedTable": _("Imported tables"),
    "Comment": _("Comments"),
}
# One row of those whose own name is that of a program.
SINGULAR: Final[dict[str, str | Promise]] = {
    "SamenessQuestion": _("question whether two are one"),
    "ArticleRevision": _("text of an article"),
    "Assertion": _("figure"),
    "ClaimRelation": _("link between claims"),
    "ClaimVersion": _("published version"),
    "ReviewEvent": _("event"),
    "ImportRun": _("import"),
    "ImportedPage": _("imported text"),
    "ImportedTable": _("imported table"),
    "Claim": _("claim"),
    "Dispute": _("dispute"),
    "Correction": _("correction"),
    "Merge": _("merge"),
    "Source": _("source"),
    "Party": _("party"),
    "Subject": _("subject"),
    "Measure": _("measure"),
    "SourceRelation": _("relation between sources"),
    "Article": _("article"),
    "Comment": _("comment"),
}


class NamedApp:
    """The application of a model under the desk's own name for it."""

    def __init__(self, app_config: Any) -> None:
        self._app_config = app_config

    def __getattr__(self, name: str) -> Any:
        return getattr(self._app_config, name)

    @property
    def verbose_name(self) -> str:
        return gettext("People") if self._app_config.label == "auth" else gettext("Desk")


class NamedOptions:
    """A model's ``_meta`` for the pages of the admin, which take names from it."""

    def __init__(self, options: Any) -> None:
        self._options = options

    def __getattr__(self, name: str) -> Any:
        return getattr(self._options, name)

    @property
    def app_config(self) -> NamedApp:
        return NamedApp(self._options.app_config)

    @property
    def verbose_name(self) -> str:
        own = self._options.verbose_name
        return str(SINGULAR.get(self._options.object_name, own))

    @property
    def verbose_name_plural(self) -> str:
        """As in the menu, without its capital; pages write one where they need it."""
        own = self._options.verbose_name_plural
        words = str(NAMES.get(self._options.object_name, own))
        return words[:1].lower() + words[1:] if words else words
