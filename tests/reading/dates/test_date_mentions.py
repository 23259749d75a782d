"""Dates in running text: between, since, by weekday and told from other dates."""

import pytest

from claims.reading.article import read_article

STORIES = [
    ("Between 8 July and 19 August 2004 it rained.", "2004-07-08/2004-08-19"),
    ("There were overruns in 1989 and 1993.", "1989 1993"),
    ("It opened on 12.05.1931 and closed on 2003-04-30.", "1931-05-12 2003-04-30"),
    ("As of 1 May 2020: 400. By June 700 had died.", "2020-05-01 [..2020-06]"),
    ("The dam was raised in 1985; a consultant had warned the year before.", "1985 1984"),
    ("In October 2006 costs rose. Two months later they fell.", "2006-10 2006-12"),
    ("It began on 16 November 2009 and ended eleven days later.", "2009-11-16 2009-11-27"),
    ("It began on Monday, 16 November 2009. On Sunday he died.", "2009-11-16 2009-11-22"),
    (
        (
            "After the flood of 5 March 1998, on the following Saturday, help came. The next month "
            "a commission met."
        ),
        "1998-03-05 1998-03-07 1998-04",
    ),
    ("He was promoted on 2 April 2003. In 2010 a group accused him.", "2003-04-02 2010"),
    ("In December 2007 it began. In January the government fell.", "2007-12 2008-01"),
    ("On 11 February 2016 he spent the money forecast in October.", "2016-02-11 2015-10"),
    ("In 2013 a police driver was convicted. In 2014 police records burned.", "2013 2014"),
    ("In 1916/17 about 300 died, in the winter of 1941/42 some 900.", "1916/1917 1941/1942"),
    ("The strike of 1984/5 cost 12 lives; in 1943/1944 some 70 died.", "1984/1985 1943/1944"),
    ("In 1984/3 it fell.", ""),
    ("Some 1500 died in 1630. A wave in 1962 killed 3,118 people.", "1630 1962"),
    ("Flight 1407 left in 1996. Route 1990 is closed.", "1996"),
]


@pytest.mark.parametrize(("story", "edtf"), STORIES)
def test_dates_of_a_story_are_resolved(story: str, edtf: str) -> None:
    dates = read_article("A title of no use\n\n" + story).dates
    assert " ".join(date.edtf for date in dates) == edtf


def test_a_report_looks_back_from_its_own_day() -> None:
    text = (
        "Miners count their dead\n\nGALT, 18 August 2003 (NWA) - Seven were found on Monday.\n\n"
        "Fire broke out on Saturday. The owner will speak on Thursday. In 1999 a similar fire "
        "burned. The mine reopened.\n\nShifts began on 1 May."
    )
    dates = [date.edtf for date in read_article(text).dates]
    assert dates[1:] == ["2003-08-18", "2003-08-16", "2003-08-21", "1999", "2003-05-01"]


def test_weekdays_without_a_date_before_them_are_left() -> None:
    assert not read_article("A title of no use\n\nOn Saturday it rained.").dates


def test_names_of_files_hold_no_dates() -> None:
    text = "{{Infobox event\n| image = Valley, June 1987.jpg\n| date = 11 June 1987\n}}\nIt fell."
    assert [date.edtf for date in read_article(text).dates] == ["1987-06-11"]
