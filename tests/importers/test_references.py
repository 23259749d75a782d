"""Pasted references: each way of writing one gives the same fields, and faults say where."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors import InvalidValueError
from claims.importers.references.bibtex import plain
from claims.importers.references.paste import read_reference

BIBTEX = r"""% exported
@article{bell2012,
  author = {Bell, Ann and {Ministry of the Interior and Justice} and Ro{\'e}, Z{\"u}lal},
  title = "The {Mill} fire: 97 dead \& many hurt",
  journal = {Morning Post}, year = 2012, month = feb, day = 13,
  url = {https://post.example/mill?a=1\&b=2},
  doi = {10.1234/mill.97},
  pages = {1--7},
}
"""
RIS = """TY  - NEWS
AU  - Bell, Ann
AU  - Roé, Zülal
TI  - The Mill fire: 97 dead
  & many hurt
T2  - Morning Post
DA  - 2012/02/13/
UR  - https://post.example/mill
ER  -
"""
CSL: dict[str, Any] = {
    "type": "report",
    "title": "The Mill fire",
    "author": [{"family": "Bell", "given": "Ann"}, {"literal": "Fire Office"}],
    "issued": {"date-parts": [[2012, 2, 13]]},
    "accessed": {"date-parts": [[2012, 3, 1]]},
    "publisher": "Fire Office",
    "URL": "https://office.example/mill",
    "ISBN": "978-0-00-000000-2",
}
CITE = (
    "<ref>{{cite news |last=Bell |first=Ann |title=The [[Mill]] fire |work=Morning Post "
    "|date=13 February 2012 |url=https://post.example/mill |access-date=1 March 2012 "
    "|archive-url=https://archive.example/mill |archive-date=2 March 2012}}</ref>"
)


def test_bibtex_is_read() -> None:
    assert read_reference(BIBTEX) == {
        "csl_type": "article-journal",
        "title": "The Mill fire: 97 dead & many hurt",
        "authors": "Bell, Ann; Ministry of the Interior and Justice; Roé, Zülal",
        "publisher": "Morning Post",
        "issued": "2012-02-13",
        "url": "https://post.example/mill?a=1&b=2",
        "doi": "10.1234/mill.97",
    }


def test_ris_is_read() -> None:
    assert read_reference(RIS) == {
        "csl_type": "article-newspaper",
        "title": "The Mill fire: 97 dead & many hurt",
        "authors": "Bell, Ann; Roé, Zülal",
        "publisher": "Morning Post",
        "issued": "2012-02-13",
        "url": "https://post.example/mill",
    }


@pytest.mark.parametrize("text", [json.dumps(CSL), json.dumps([CSL], indent=1)])
def test_csl_json_is_read(text: str) -> None:
    assert read_reference(text) == {
        "csl_type": "report",
        "title": "The Mill fire",
        "authors": "Bell, Ann; Fire Office",
        "issued": "2012-02-13",
        "accessed_on": "2012-03-01",
        "publisher": "Fire Office",
        "url": "https://office.example/mill",
        "isbn": "978-0-00-000000-2",
    }


def test_a_cite_template_is_read() -> None:
    assert read_reference(CITE) == {
        "csl_type": "article-newspaper",
        "title": "The Mill fire",
        "authors": "Bell, Ann",
        "issued": "2012-02-13",
        "publisher": "Morning Post",
        "url": "https://post.example/mill",
        "archive_url": "https://archive.example/mill",
        "archived_on": "2012-03-02",
        "accessed_on": "2012-03-01",
    }


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (" https://post.example/a \n", {"csl_type": "webpage", "url": "https://post.example/a"}),
        ("10.1234/mill.97", {"csl_type": "document", "doi": "10.1234/mill.97"}),
        ("doi: 10.1234/mill.97", {"csl_type": "document", "doi": "10.1234/mill.97"}),
        ("https://doi.org/10.1234/a%28b", {"csl_type": "document", "doi": "10.1234/a(b"}),
        ("http://dx.doi.org/10.1234/x", {"csl_type": "document", "doi": "10.1234/x"}),
        ("@misc{a, title={T}}", {"csl_type": "document", "title": "T"}),
        ("@string{p = {The } # {Post}}\n@misc{a, title=P # \" said\", year=2012}",
         {"csl_type": "document", "title": "The Post said", "issued": "2012"}),
        ("@book(a, title={T (U)}, year={1987})", {"csl_type": "book", "title": "T (U)",
                                                  "issued": "1987"}),
        ("@string{p = {X}}\n@online{a, title={T}, date={2012-02}}",
         {"csl_type": "webpage", "title": "T", "issued": "2012-02"}),
        ("@misc{a, title = \"A\" # { and } # \"B\", year={Spring 2012}}",
         {"csl_type": "document", "title": "A and B", "issued": "2012"}),
    ],
)  # fmt: skip
def test_short_forms_are_read(text: str, wanted: dict[str, str]) -> None:
    assert read_reference(text) == wanted


@pytest.mark.parametrize("start", ["", "doi:", "DOI ", "http://doi.org/", "https://dx.doi.org/"])
def test_a_doi_is_kept_alone_however_it_is_written(start: str) -> None:
    doi = f"{start}10.1234/mill.97"
    found = (
        read_reference(f"@misc{{a, title={{T}}, doi={{{doi}}}}}"),
        read_reference(f"TY  - JOUR\nTI  - T\nDO  - {doi}\nER  -"),
        read_reference(json.dumps({"type": "report", "title": "T", "DOI": doi})),
        read_reference(f"{{{{cite journal |title=T |doi={doi}}}}}"),
    )
    assert [one["doi"] for one in found] == ["10.1234/mill.97"] * 4


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("@misc{a,\n title=post}", "Line 2, character 8: nothing says what post stands for"),
        ("", "this is no BibTeX"),
        ("The mill fire, Morning Post", "this is no BibTeX"),
        ("{{cite news |title=A", "Line 1: the template does not end"),
        (f"{CITE}\n{CITE.replace('mill', 'other')}", "Line 2: a second template"),
        ("@misc{a, title={T}", "the entry does not end: its } is missing"),
        ("@misc{a,\n title={T", "Line 2, character 8: the value of title does not end"),
        ("@misc{a,\n title={T} year=2012}", "Line 2, character 11: after the value of title"),
        ("@misc{a, title=}", "title has no value"),
        ("@misc{a, 97}", "here a field such as"),
        ("@misc{a b, title={T}}", "after the key"),
        ("@misc{a, title={T}}\n@misc{b, title={U}}", "Line 2: a second entry"),
        ("@comment{a}", "no entry here"),
        ("@misc{a, title={T}, year={soon}}", "its date “soon” names no year"),
        ("@misc{a, title={T}, url={https://user:pw@a.example/}}", "url: "),
        ("TY  - NEWS\nTI  - A\n", "its last line must be ER"),
        ("TY  - NEWS\nnonsense\nER  - ", "Line 2: “nonsense” is no RIS line"),
        ("TY  - NEWS\nER  - \nTI  - A", "the record ended with ER on line 2"),
        ("TY  - NEWS\nER  - \nTY  - NEWS\nER  - ", "Line 3: a second record"),
        ('{"title": "A",\n "type" "book"}', "Line 2, character 9: this is no JSON"),
        ('[{"title": "A"}, {"title": "B"}]', "there are 2 items"),
        ('{"name": "A"}', "neither a title nor a type"),
        ('{"title": "A", "author": "Bell"}', "author: a list"),
        ('{"title": "A", "issued": "2012"}', "issued: a date such as"),
        ('{"title": "A\\ud800"}', "U+D800"),
        ('{"title": "A\\u0000"}', "U+0000"),
        ('{"title": "A", "issued": {"raw": "\\ud800"}}', "issued: character 1 is U+D800"),
        ("@misc{a, title={T}, date={-0044}}", "its date “-0044” names no year"),
        ("[{" * 5000, "no JSON"),
        ('{"title": ' + "9" * 6000 + "}", "no JSON of a reference"),
        ('{"title": "' + "x" * 501 + '"}', "its title has 501 characters"),
        ("x" * 20_001, "at most 20000"),
    ],
)
def test_a_fault_says_where(text: str, words: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        read_reference(text)
    assert words in refused.value.message
    assert refused.value.field == "reference"


@pytest.mark.parametrize(
    "text", ["@book{" + " " * 19_900 + "=", "x" + "\n" * 19_900 + "x", "@" + "\n" * 19_900 + "x"]
)
def test_blanks_take_no_longer_than_words(text: str) -> None:
    began = time.perf_counter()
    with pytest.raises(InvalidValueError):
        read_reference(text)
    assert time.perf_counter() - began < 0.7  # one to eleven seconds where each blank is tried anew


@pytest.mark.parametrize(
    ("tex", "wanted"),
    [
        (r"Ren\'e \"Ostlund {\c c}a \v{s} \H{o} \ss \o re \aa", "René Östlund ça š ő ßøre å"),
        (r"Jos\'{\i} 5\% \$3 a\_b {IEEE} 1--2~m", "Josí 5% $3 a_b IEEE 1–2 m"),
        (r"\emph{Le Monde} \url{x}", "Le Monde x"),
    ],
)
def test_tex_becomes_letters(tex: str, wanted: str) -> None:
    assert plain(tex) == wanted


def outcome(text: str) -> Any:
    """The fields, or the name of the field at which the refusal stands."""
    try:
        return read_reference(text)
    except InvalidValueError as refusal:
        return refusal.field


@given(
    st.sampled_from([BIBTEX, RIS, json.dumps(CSL), CITE]),
    st.integers(0, 400),
    st.integers(0, 40),
    st.text(max_size=6),
)
def test_a_damaged_reference_is_read_or_refused(sample: str, at: int, gone: int, put: str) -> None:
    """Whatever is cut out and put in, the answer is fields as text or a refusal in words."""
    found = outcome(sample[:at] + put + sample[at + gone :])
    assert found == "reference" or all(isinstance(one, str) and one for one in found.values())


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = outcome(text)
    assert found == "reference" or found["csl_type"]
