"""Every URL of the product: pages, feeds and the API."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from claims.views import (
    about,
    articles,
    changes,
    claim_lists,
    claims,
    embed,
    formats,
    home,
    search,
    sources,
    subjects,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("api/v1/", include("claims.api.urls")),
    path("articles/", articles.article_list, name="article-list"),
    path("articles/<slug:slug>/", articles.article_detail, name="article-detail"),
    path("claims/", claim_lists.claim_list, name="claim-list"),
    path("claims/<str:ref>/", claims.claim_detail, name="claim-detail"),
    path("claims/<str:ref>/history/", claims.history, name="claim-history"),
    path("claims/<str:ref>/v/<smallnumber:number>/", claims.version_detail, name="claim-version"),
    path(
        "claims/<str:ref>/compare/<smallnumber:before>...<smallnumber:after>/",
        claims.compare,
        name="claim-compare",
    ),
    re_path(
        rf"^claims/(?P<ref>[^/.]+)\.(?P<suffix>{'|'.join(formats.FORMATS)})$",
        formats.claim_as,
        name="claim-as",
    ),
    path("embed/claims/<str:ref>/", embed.claim_card, name="claim-embed"),
    path("sources/", sources.source_list, name="source-list"),
    path("sources/<str:ref>/", sources.source_detail, name="source-detail"),
    path("subjects/<str:ref>/", subjects.subject_detail, name="subject-detail"),
    path("disputes/", claim_lists.dispute_list, name="dispute-list"),
    path("disputes/<str:ref>/", claim_lists.dispute_detail, name="dispute-detail"),
    path("changes/", changes.change_list, name="change-list"),
    path("corrections/", changes.correction_list, name="correction-list"),
    path("claims/<str:ref>.atom", changes.claim_feed, name="claim-feed"),
    path("sources/<str:ref>.atom", changes.source_feed, name="source-feed"),
    path("articles/<slug:slug>.atom", changes.article_feed, name="article-feed"),
    path("changes.atom", changes.change_feed, name="change-feed"),
    path("disputes.atom", changes.dispute_feed, name="dispute-feed"),
    path("search/", search.search, name="search"),
    path("about/data/", about.about_data, name="about-data"),
]
