"""The shapes of what the API says about itself and its contents, for the schema."""

from __future__ import annotations

from rest_framework import serializers

from claims.api.shapes import LinksField, ReadOnlySerializer, line, one_of, whole
from claims.choices import VersionOp


class ChangeSerializer(ReadOnlySerializer):
    """One publication."""

    sequence = whole()
    ref = line()
    type = line()
    op = one_of(VersionOp.values)
    version = whole()
    at = serializers.DateTimeField()
    url = line()
    question = line()
    contention = line()
    summary = line()
    sha256 = line()


class ExportSerializer(ReadOnlySerializer):
    """One file that can be downloaded whole."""

    name = line()
    media_type = line()
    rows = line()
    url = line()
    manifest = line(null=True)


class GroupSerializer(ReadOnlySerializer):
    """One group of claims; the members asked for by group_by stand first."""

    claims = whole()
    figures = whole()
    live_figures = whole()


class HitSerializer(ReadOnlySerializer):
    """One thing found."""

    type = one_of(["claim", "figure", "source", "subject"])
    ref = line()
    title = line()
    detail = line()
    url = line()


class ProblemTypeSerializer(ReadOnlySerializer):
    """One kind of error."""

    type = line()
    code = line()
    status = whole()
    title = line()


class ManifestSerializer(ReadOnlySerializer):
    """What is needed to check a downloaded file."""

    type = line()
    name = line()
    format = line()
    contention = serializers.ListField(child=line())
    count = whole()
    bytes = whole()
    sha256 = line()
    sequence = whole()
    licence = line()


class DataPackageSerializer(ReadOnlySerializer):
    """A Frictionless data package."""

    name = line()
    title = line()
    version = line()
    licenses = serializers.ListField(child=serializers.DictField())
    resources = serializers.ListField(child=serializers.DictField())


class IndexSerializer(ReadOnlySerializer):
    """Where everything is."""

    links = LinksField()
