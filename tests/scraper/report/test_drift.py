"""The drift alarm: a collapse is told and named, what varies by itself is not, and an alarm holds until it is heeded."""

import random
from dataclasses import replace

import pytest
from msgspec.structs import replace as with_

from extractors import extract
from scraper.records import Failure, FailureKind, Outcome, OutcomeKind
from scraper.report.drift import MIN_COUNT, RUNS_KEPT, Alarm, Findings, HostFigures, alarms_of, pooled
from tests.faults import article_page

NORMAL = 36  # a class of length: about 500 words


def found(articles: int, *, refused: int = 0, authors: float = 1.0, length: int = NORMAL) -> HostFigures:
    filled = {"title": articles, "authors": round(articles * authors)}
    return HostFigures(tried=articles + refused, articles=articles, filled=filled, lengths={length: articles} if articles else {})


def measures(history: list[HostFigures]) -> list[str]:
    """The measures that alarm, of runs given oldest first."""
    return [alarm.measure for alarm in alarms_of([("a.example", history[::-1])])]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (found(30, authors=0), ["authors"]),
        (found(30, length=NORMAL - 8), ["length"]),
        (found(2, refused=28), ["accepted"]),
        (found(0, refused=30), ["accepted"]),
        (found(30, authors=0, length=NORMAL - 8), ["length", "authors"]),
        (found(30), []),
        (found(30, authors=0.6), []),  # not down to half
        (found(30, length=NORMAL - 3), []),
        (found(30, length=NORMAL + 20), []),
        (found(25, refused=5), []),
        (found(MIN_COUNT - 1, authors=0), []),  # too few to say
    ],
)
def test_a_collapse_is_told(now: HostFigures, expected: list[str]) -> None:
    assert measures([found(30), now]) == expected


def test_small_runs_are_pooled_until_they_say_something() -> None:
    sound, bad = [found(5)] * 8, found(5, authors=0)
    assert measures([*sound, bad]) == []
    assert measures([*sound, bad, bad]) == ["authors"]  # half of the last twenty
    assert measures([*sound, bad, bad, bad]) == ["authors"]


def test_a_habit_is_no_collapse() -> None:
    weekday, weekend = found(25), found(25, authors=0)
    week = [*[weekday] * 5, weekend]
    assert measures(week) == ["authors"]  # seen for the first time
    assert measures([*[weekday] * 5, weekend, *[weekday] * 5, weekend]) == []


def test_an_alarm_lasts_until_it_is_the_habit() -> None:
    history = [found(30)] * 5
    told = 0
    for run in range(100):
        history = [*history, found(30, authors=0)][-RUNS_KEPT:]
        alarms = measures(history)
        if not alarms:
            break
        history[-1] = with_(history[-1], alarms=tuple(alarms))
        told = run + 1
    assert told == RUNS_KEPT - 1


def test_many_hosts_share_the_level() -> None:
    """Ten articles of twenty without authors: rare at one host, to be met with among ten thousand."""
    history = [found(20, authors=0.5), found(20)]
    assert [alarm.measure for alarm in alarms_of([("a.example", history)])] == ["authors"]
    sound = [(f"h{number}.example", [found(20), found(20)]) for number in range(100)]
    assert alarms_of([("a.example", history), *sound]) == []


def test_ordinary_variation_alarms_nobody() -> None:
    """Runs over ten hosts whose shares and lengths vary from article to article, and from run to run by five points."""
    chance = random.Random(1)
    told = 0
    for _ in range(25):
        histories = [(f"h{number}.example", _varied(chance, runs=20)) for number in range(10)]
        for newest in range(10):
            told += len(alarms_of([(host, history[newest:]) for host, history in histories]))
    assert told == 0


def _varied(chance: random.Random, *, runs: int) -> list[HostFigures]:
    habits = {name: chance.random() for name in ("authors", "section", "tags", "description", "image")}
    figures = []
    for _ in range(runs):
        articles = chance.randint(0, 60)
        shares = {name: min(max(share + chance.gauss(0, 0.05), 0), 1) for name, share in habits.items()}
        filled = {name: sum(chance.random() < share for _ in range(articles)) for name, share in shares.items()}
        sizes = [round(chance.gauss(NORMAL, 4)) for _ in range(articles)]
        lengths = {size: sizes.count(size) for size in sizes}
        figures.append(HostFigures(tried=articles + chance.randint(0, 5), articles=articles, filled=filled, lengths=lengths))
    return figures


def test_what_is_counted() -> None:
    article = extract(article_page("1"), url="https://a.example/1")
    findings = Findings()
    findings.count(Outcome(kind=OutcomeKind.WRITTEN, url="https://b.example/1", asked="https://a.example/1", article=article))
    bare = replace(article, provenance={**article.provenance, "title": None})
    findings.count(Outcome(kind=OutcomeKind.WRITTEN, url="https://a.example/2", article=bare))
    for kind in (FailureKind.BOT_CHALLENGE, FailureKind.NOT_AN_ARTICLE, FailureKind.TIMEOUT, FailureKind.DNS):
        failure = Failure(url="https://a.example/3", kind=kind, detail="")
        findings.count(Outcome(kind=OutcomeKind.FAILED, url="https://a.example/3", failure=failure))
    findings.count(Outcome(kind=OutcomeKind.UNCHANGED, url="https://a.example/4"))
    findings.count(Outcome(kind=OutcomeKind.FAILED, url="saved/page.html", failure=failure))
    drained = findings.drain()
    assert set(drained) == {"a.example"}
    figures = drained["a.example"]
    assert (figures.tried, figures.articles, sum(figures.lengths.values())) == (4, 2, 2)
    assert (figures.filled["title"], figures.filled["date_published"]) == (1, 2)
    assert "body" not in figures.filled
    assert findings.drain() == {}


def test_counting_does_not_grow_with_the_pages() -> None:
    findings = Findings()
    for number in range(1000):
        failure = Failure(url=f"https://a.example/{number}", kind=FailureKind.EMPTY_PAGE, detail="")
        findings.count(Outcome(kind=OutcomeKind.FAILED, url=failure.url, failure=failure))
    assert len(findings._hosts["a.example"]) < 100
    assert findings.drain() == {"a.example": HostFigures(tried=1000)}


def test_alarms_in_words() -> None:
    assert str(Alarm("a.example", "authors", 0.98, 0.0, 2.3e-12, (80, 30))) == (
        "a.example: 0% of its 30 articles have authors, 98% of 80 before (p = 2e-12, Fisher's exact test)"
    )
    assert str(Alarm("a.example", "accepted", 0.98, 0.1, 2.3e-12, (80, 30))) == (
        "a.example: 10% of its 30 pages give an article, 98% of 80 before (p = 2e-12, Fisher's exact test)"
    )
    (length,) = alarms_of([("a.example", [found(30, length=NORMAL - 8), found(30)])])
    assert str(length).startswith("a.example: the median of its 30 articles has 127 words, that of 30 before 511 (p = ")
    assert str(length).endswith(", rank-sum test)")
    assert pooled([found(1), found(2)]) == found(3)
