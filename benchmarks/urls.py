"""The product's addresses and those of the baselines."""

from django.urls import include, path

from benchmarks.baselines import BareView, RawView, StockList, TunedList

urlpatterns = [
    path("bench/bare/", BareView.as_view()),
    path("bench/raw/", RawView.as_view()),
    path("bench/stock/", StockList.as_view()),
    path("bench/tuned/", TunedList.as_view()),
    path("", include("factbase.urls")),
]
