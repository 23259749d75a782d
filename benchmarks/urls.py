"""The product's addresses and those of the baselines."""

from django.urls import include, path

from benchmarks.baselines import StockList, TunedList, bare_view

urlpatterns = [
    path("bench/bare/", bare_view),
    path("bench/stock/", StockList.as_view()),
    path("bench/tuned/", TunedList.as_view()),
    path("", include("factbase.urls")),
]
