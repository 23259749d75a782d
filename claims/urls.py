"""Every URL of the product: pages, feeds and the API."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.http import require_safe

from claims.exporters.formats import formats_of
from claims.views import (
    about,
    articles,
    changes,
    claim_lists,
    claims,
    crawlers,
    embed,
    feeds,
    formats,
    home,
    log,
    search,
    sharing,
    sources,
    subjects,
    unsubscribe,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", require_safe(home.home), name="home"),
    path("api/v1/", include("claims.api.urls")),
    path("articles/", require_safe(articles.article_list), name="article-list"),
    path("articles/<slug:slug>/", require_safe(articles.article_detail), name="article-detail"),
    path("claims/", require_safe(claim_lists.claim_list), name="claim-list"),
    path("claims/<str:ref>/", require_safe(claims.claim_detail), name="claim-detail"),
    path("claims/<str:ref>/history/", require_safe(claims.history), name="claim-history"),
    path(
        "claims/<str:ref>/v/<smallnumber:number>/",
        require_safe(claims.version_detail),
        name="claim-version",
    ),
    path(
        "claims/<str:ref>/v/<smallnumber:number>/proof/",
        require_safe(log.proof),
        name="claim-proof",
    ),
    path(
        "claims/<str:ref>/compare/<smallnumber:before>...<smallnumber:after>/",
        require_safe(claims.compare),
        name="claim-compare",
    ),
    re_path(
        rf"^claims/(?P<ref>[^/.]+)\.(?P<suffix>{'|'.join(formats_of('claim'))})$",
        require_safe(formats.claim_as),
        name="claim-as",
    ),
    path("embed/claims/<str:ref>/", require_safe(embed.claim_card), name="claim-embed"),
    path("sources/", require_safe(sources.source_list), name="source-list"),
    path("sources/<str:ref>/", require_safe(sources.source_detail), name="source-detail"),
    path("places/", require_safe(subjects.place_list), name="place-list"),
    path("subjects/<str:ref>/", require_safe(subjects.subject_detail), name="subject-detail"),
    path("disputes/", require_safe(claim_lists.dispute_list), name="dispute-list"),
    path("disputes/<str:ref>/", require_safe(claim_lists.dispute_detail), name="dispute-detail"),
    path("changes/", require_safe(changes.change_list), name="change-list"),
    path("corrections/", require_safe(changes.correction_list), name="correction-list"),
    path("claims/<str:ref>.atom", require_safe(feeds.claim_feed), name="claim-feed"),
    path("sources/<str:ref>.atom", require_safe(feeds.source_feed), name="source-feed"),
    path("articles/<slug:slug>.atom", require_safe(feeds.article_feed), name="article-feed"),
    path("changes.atom", require_safe(feeds.change_feed), name="change-feed"),
    path("disputes.atom", require_safe(feeds.dispute_feed), name="dispute-feed"),
    path("log/checkpoint", require_safe(log.checkpoint), name="log-checkpoint"),
    path("log/tile/entries/<path:tile>", require_safe(log.entries), name="log-entries"),
    path("log/tile/<str:level>/<path:tile>", require_safe(log.tile), name="log-tile"),
    path("mail/stop/<str:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
    path("search/", require_safe(search.search), name="search"),
    path("oembed/", require_safe(sharing.oembed), name="oembed"),
    path("robots.txt", require_safe(crawlers.robots), name="robots"),
    path("sitemap.xml", require_safe(crawlers.sitemap), name="sitemap"),
    path(
        "sitemap-<str:kind>-<smallnumber:part>.xml",
        require_safe(crawlers.sitemap_part),
        name="sitemap-part",
    ),
    path("about/data/", require_safe(about.about_data), name="about-data"),
    path("verify.py", require_safe(about.verifier), name="about-verifier"),
]
