"""Two people at the rows of one claim's form: each row that both changed is compared by itself."""

from __future__ import annotations

from typing import Any

from claims.admin.clash import compare_states, refuse_clash, stale, take_theirs
from claims.forms.figure_rows import FigureRowForm
from claims.models import Claim


class RowClashesMixin:
    """Takes choices between two answers from the rows of figures, too."""

    def keep_theirs(self, request: Any, row: Any) -> None:
        """The same for the rows of figures that stand."""
        super().keep_theirs(request, row)  # type: ignore[misc]
        data = request.POST.copy()
        for inline in self.get_inline_instances(request, row):  # type: ignore[attr-defined]
            sent = inline.get_formset(request, row)(request.POST, instance=row)
            for one in sent.initial_forms:
                if one.instance.pk:
                    take_theirs(type(one)(instance=one.instance, prefix=one.prefix), data)
        request.POST = data


def touched_rows(request: Any, form: Any, formsets: Any) -> list[FigureRowForm]:
    """The rows of figures that stand in which this person changed something.

    Raises StaleRevisionError when somebody else changed one of these, or the claim's own fields,
    since the form was opened; what both changed, row by row, is then on the page.
    """
    merged, clashes, found = request.POST.copy(), [], []
    if form.changes():
        claim = Claim.objects.get(pk=form.instance.pk)
        clashes += [one for one in [compare_states(form, claim, merged)] if one is not None]
    for row in (one for rows in formsets for one in rows.changed()):
        clash = compare_states(row, row.instance, merged)
        if clash is None:
            found.append(row)
        elif clash.is_mine:
            clashes.append(clash)
            request.refused_rows = {**getattr(request, "refused_rows", {}), row.prefix: stale()}
    if clashes:
        refuse_clash(request, clashes, merged)
    return found
