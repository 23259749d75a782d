"""The addresses of the API, under /api/v1/."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from claims.api import (
    articles,
    changes,
    claims,
    converters,
    evidence,
    exports,
    index,
    search,
    stats,
)
from claims.api.public import PublicView

converters.register()


def noun(name: str, many: type[PublicView], one: type[PublicView]) -> list[URLPattern]:
    """Return list and detail addresses of a noun, each also with the suffix of a format."""
    single = name.removesuffix("s")
    return [
        path(f"{name}/", many.as_view(), name=f"api-{single}-list"),
        path(f"{name}.<suffix:suffix>", many.as_view(), name=f"api-{single}-list-as"),
        path(f"{name}/<ref:ref>/", one.as_view(), name=f"api-{single}-detail"),
        path(f"{name}/<ref:ref>.<suffix:suffix>", one.as_view(), name=f"api-{single}-detail-as"),
    ]


VERSIONS = "claims/<ref:ref>/versions/"
urlpatterns = [
    path("", index.IndexView.as_view(), name="api-index"),
    *noun("claims", claims.ClaimList, claims.ClaimDetail),
    path(VERSIONS, claims.VersionList.as_view(), name="api-version-list"),
    path(
        f"{VERSIONS}<smallnumber:number>/",
        claims.VersionDetail.as_view(),
        name="api-version-detail",
    ),
    path("claims/<ref:ref>/diff/", claims.VersionDiff.as_view(), name="api-version-diff"),
    *noun("figures", evidence.FigureList, evidence.FigureDetail),
    *noun("disputes", evidence.DisputeList, evidence.DisputeDetail),
    *noun("sources", evidence.SourceList, evidence.SourceDetail),
    *noun("subjects", evidence.SubjectList, evidence.SubjectDetail),
    *noun("articles", articles.ArticleList, articles.ArticleDetail),
    path(
        "articles/<ref:ref>/annotations/",
        articles.AnnotationList.as_view(),
        name="api-article-annotations",
    ),
    path("changes/", changes.ChangeList.as_view(), name="api-change-list"),
    path("places/", stats.PlaceList.as_view(), name="api-place-list"),
    path("stats/", stats.StatList.as_view(), name="api-stat-list"),
    path("search/", search.SearchList.as_view(), name="api-search"),
    path("exports/", exports.ExportList.as_view(), name="api-export-list"),
    path("exports/datapackage.json", exports.DataPackageView.as_view(), name="api-export-package"),
    path("exports/claims.<suffix:name>", exports.ExportFile.as_view(), name="api-export-file"),
    path(
        "exports/claims.<suffix:name>/manifest/",
        exports.ExportManifest.as_view(),
        name="api-export-manifest",
    ),
    path("problems/", index.ProblemList.as_view(), name="api-problem-list"),
    path("problems/<slug:code>/", index.ProblemDetail.as_view(), name="api-problem-detail"),
    path("schema/", index.SchemaView.as_view(), name="api-schema"),
    path("docs/", index.Docs.as_view(), name="api-docs"),
    re_path(r"^[\s\S]*$", index.NothingHere.as_view(), name="api-nothing"),
]
