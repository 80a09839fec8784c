"""Robots: the table of RFC 9309 cases, faults 51 to 58, and what is kept for how long."""

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from protego import Protego

from scraper.fetchers.origins import origin_of
from scraper.fetchers.robots import KEPT, RETRIED, MemoryRobots, Robots
from scraper.fetchers.robotsfile import MAX_ROBOTS, parse_robots, robots_text
from scraper.fetchers.settings import FetchSettings, product_token, user_agent
from scraper.records import Failure, FailureKind, Page, RobotsState, StoredRobots, Target, Truncation

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "robots_cases.toml").read_text("utf-8"))["case"]
SITE = "https://example.org"
AGENT = "article-scraper/1.0 (+https://example.org/bot)"


def _judgements(case: dict[str, Any]) -> list[tuple[str, bool]]:
    return [(SITE + path, True) for path in case.get("allow", [])] + [(SITE + path, False) for path in case.get("forbid", [])]


def test_the_table_is_large() -> None:
    assert len(CASES) >= 60
    assert len({case["name"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_rfc_9309(case: dict[str, Any]) -> None:
    rules = parse_robots(robots_text(case["robots"].encode()), "article-scraper")
    assert [(url, rules.allow(url)) for url, _ in _judgements(case)] == _judgements(case)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_where_protego_alone_differs(case: dict[str, Any]) -> None:
    alone = Protego.parse(case["robots"])
    same = [(url, alone.can_fetch(url, AGENT)) for url, _ in _judgements(case)] == _judgements(case)
    assert same is not case.get("differs", False)


class Asking:
    """Robots, and answers to the requests for them, of which the last is given again and again."""

    def __init__(self, *answers: Page | Failure, now: list[float] | None = None, store: MemoryRobots | None = None) -> None:
        moment = now or [0.0]
        self.robots = Robots(FetchSettings(), store=store, now=lambda: moment[0])
        self.asked: list[str] = []
        self._answers = list(answers)

    def stored(self, url: str) -> StoredRobots:
        while (stored := self.robots.known(url)) is None:
            assert self.robots.claim(url)
            assert not self.robots.claim(url)
            self.asked.append(f"{origin_of(url)}/robots.txt")
            self.robots.learn(url, self._answers.pop(0) if len(self._answers) > 1 else self._answers[0])
        return stored

    def refusal(self, url: str) -> Failure | None:
        return self.robots.refusal(Target(url=url), url, self.stored(url))


def _robots(*answers: Page | Failure, now: list[float] | None = None, store: MemoryRobots | None = None) -> tuple[Asking, list[str]]:
    asking = Asking(*answers, now=now, store=store)
    return asking, asking.asked


def _page(text: str | bytes, **fields: Any) -> Page:
    return Page(data=text.encode() if isinstance(text, str) else text, http_status=200, **fields)


def _fails(kind: FailureKind, status: int | None = None, wait: float | None = None) -> Failure:
    return Failure(url=None, kind=kind, detail="why", http_status=status, retry_after=wait)


def _verdict(robots: Asking, url: str = SITE + "/a") -> FailureKind | None:
    refusal = robots.refusal(url)
    assert refusal is None or refusal.attempts == 0
    return refusal.kind if refusal else None


FORBIDS = _page("User-agent: *\nDisallow: /")


@pytest.mark.parametrize("status", [500, 502, 503, 504, 599, 999])
def test_51_server_errors_forbid_everything(status: int) -> None:
    assert _verdict(_robots(_fails(FailureKind.HTTP_5XX, status))[0]) is FailureKind.ROBOTS_UNAVAILABLE


def test_51_a_timeout_forbids_everything() -> None:
    assert _verdict(_robots(_fails(FailureKind.TIMEOUT))[0]) is FailureKind.ROBOTS_UNAVAILABLE


@pytest.mark.parametrize("kind", [FailureKind.DNS, FailureKind.CONNECT, FailureKind.TLS, FailureKind.ADDRESS_REFUSED])
def test_51_a_host_that_cannot_be_reached_is_named_so(kind: FailureKind) -> None:
    assert _verdict(_robots(_fails(kind))[0]) is kind


def test_51_forbidden_only_until_it_can_be_read() -> None:
    now = [0.0]
    robots, asked = _robots(_fails(FailureKind.HTTP_5XX, 503), _page("User-agent: *\nDisallow:"), now=now)
    assert _verdict(robots) is FailureKind.ROBOTS_UNAVAILABLE
    now[0] = RETRIED - 1
    assert _verdict(robots) is FailureKind.ROBOTS_UNAVAILABLE
    assert len(asked) == 1
    now[0] = RETRIED + 1
    assert _verdict(robots) is None
    assert len(asked) == 2


def test_52_429_is_no_permission() -> None:
    robots, _ = _robots(_fails(FailureKind.RATE_LIMITED, 429, wait=7200.0))
    assert _verdict(robots) is FailureKind.ROBOTS_UNAVAILABLE
    assert robots.stored(SITE + "/").expires == 7200.0


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 451])
def test_53_other_client_errors_allow_everything(status: int) -> None:
    assert _verdict(_robots(_fails(FailureKind.HTTP_4XX, status))[0]) is None


def test_53_a_challenge_in_place_of_robots_is_a_403() -> None:
    assert _verdict(_robots(_fails(FailureKind.BOT_CHALLENGE, 403))[0]) is None


def test_54_the_first_half_mebibyte_is_parsed() -> None:
    rules = "User-agent: *\nDisallow: /first\n"
    filler = "# " + "x" * 97 + "\n"
    text = rules + filler * ((MAX_ROBOTS - len(rules)) // len(filler) - 1) + "Disallow: /last\nAllow: /last/" + "y" * 5000
    robots, _ = _robots(_page(text.encode()[:MAX_ROBOTS], truncation=Truncation.LENGTH))
    assert _verdict(robots, SITE + "/first") is FailureKind.ROBOTS_DISALLOWED
    assert _verdict(robots, SITE + "/last") is FailureKind.ROBOTS_DISALLOWED
    assert _verdict(robots, SITE + "/last/" + "y" * 9000) is FailureKind.ROBOTS_DISALLOWED


def test_54_a_rule_that_is_cut_is_no_rule() -> None:
    text = ("User-agent: *\nDisallow: /x\n" + "#" * MAX_ROBOTS)[: MAX_ROBOTS - 10] + "\nDisallow: /private"
    assert "Disallow: /priv" not in robots_text(text.encode())
    assert "Disallow: /x" in robots_text(text.encode())


def test_55_too_many_redirects_are_no_robots() -> None:
    assert _verdict(_robots(_fails(FailureKind.REDIRECT_LOOP, 302))[0]) is None


def test_56_an_html_body_has_no_rules() -> None:
    assert _verdict(_robots(_page("<!doctype html><p>Not here: /</p>"))[0]) is None


def test_57_byte_order_mark() -> None:
    assert _verdict(_robots(_page(b"\xef\xbb\xbfUser-agent: *\nDisallow: /a"))[0]) is FailureKind.ROBOTS_DISALLOWED


@pytest.mark.parametrize("delay", ["1e9", "61", "inf", "86400"])
def test_58_an_absurd_crawl_delay_skips_the_host(delay: str) -> None:
    robots, _ = _robots(_page(f"User-agent: *\nCrawl-delay: {delay}"))
    refusal = robots.refusal(SITE + "/a")
    assert refusal is not None
    assert refusal.kind is FailureKind.ROBOTS_DISALLOWED
    assert "between requests" in refusal.detail


@pytest.mark.parametrize(
    ("text", "delay"), [("60", 60.0), ("0.5", 0.5), ("10 # s", 10.0), ("soon", None), ("-1", None), ("nan", None), ("", None)]
)
def test_58_crawl_delay(text: str, delay: float | None) -> None:
    robots, _ = _robots(_page(f"User-agent: *\nCrawl-delay: {text}\nDisallow: /x"))
    assert robots.robots.rules(SITE + "/a", robots.stored(SITE + "/a")).delay == delay
    assert _verdict(robots) is None


def test_58_the_own_groups_delay_counts() -> None:
    rules = parse_robots("User-agent: *\nCrawl-delay: 30\n\nUser-agent: article-scraper\nCrawl-delay: 2\n", "article-scraper")
    assert rules.delay == 2.0


def test_a_body_that_was_cut_by_the_connection_forbids_everything() -> None:
    assert _verdict(_robots(_page("User-agent: *", truncation=Truncation.DISCONNECT))[0]) is FailureKind.ROBOTS_UNAVAILABLE


def test_an_empty_body_allows_everything() -> None:
    assert _verdict(_robots(_fails(FailureKind.EMPTY_PAGE, 200))[0]) is None


def test_kept_for_a_day_and_no_longer() -> None:
    now = [0.0]
    robots, asked = _robots(FORBIDS, _page(""), now=now)
    assert _verdict(robots) is FailureKind.ROBOTS_DISALLOWED
    now[0] = KEPT - 1
    assert _verdict(robots, SITE + "/b") is FailureKind.ROBOTS_DISALLOWED
    assert asked == [SITE + "/robots.txt"]
    now[0] = KEPT + 1
    assert _verdict(robots) is None
    assert len(asked) == 2


def test_a_clock_that_is_set_back_does_not_keep_it_longer() -> None:
    now = [365 * 86400.0]
    robots, asked = _robots(FORBIDS, _page(""), now=now)
    assert _verdict(robots) is FailureKind.ROBOTS_DISALLOWED
    now[0] = 0.0
    assert _verdict(robots) is None
    assert len(asked) == 2


def test_each_origin_has_its_own() -> None:
    robots, asked = _robots(FORBIDS)
    for url in (
        "https://example.org/a",
        "http://example.org/a",
        "https://example.org:8443/a",
        "https://www.example.org/a",
        "https://EXAMPLE.org/b",
    ):
        _verdict(robots, url)
    assert asked == [f"{origin}/robots.txt" for origin in (SITE, "http://example.org", f"{SITE}:8443", "https://www.example.org")]


def test_a_claim_that_comes_to_nothing_is_given_back() -> None:
    robots = Robots(FetchSettings())
    assert robots.claim(SITE + "/a")
    assert not robots.claim(SITE + "/b")
    assert robots.claim("https://other.example/a")
    robots.learn(SITE + "/a", None)
    assert robots.claim(SITE + "/b")


def test_the_store_is_asked_before_the_network() -> None:
    store = MemoryRobots()
    assert _verdict(_robots(FORBIDS, store=store)[0]) is FailureKind.ROBOTS_DISALLOWED
    robots, asked = _robots(_page(""), store=store)
    assert _verdict(robots) is FailureKind.ROBOTS_DISALLOWED
    assert asked == []
    stored = store.get(SITE)
    assert stored is not None
    assert stored.state is RobotsState.READ


def test_sitemaps_are_named_for_all() -> None:
    text = "Sitemap: https://example.org/a.xml\nUser-agent: b\nDisallow: /\nsitemap: https://example.org/b.xml # two\n"
    assert parse_robots(text, "article-scraper").sitemaps == ("https://example.org/a.xml", "https://example.org/b.xml")


def test_the_product_token() -> None:
    assert product_token(user_agent(FetchSettings(contact="x"))) == "article-scraper"
    assert product_token("My-Bot/2.1 (+https://example.org)") == "my-bot"


@pytest.mark.parametrize("agents", [[f"bot-{number}" for number in range(1000)], ["*"] * 1000], ids=["others", "all, again and again"])
def test_many_agents_above_many_rules_cost_no_more_than_one(agents: list[str]) -> None:
    rules = [f"Disallow: /{number}" for number in range(2000)]
    text = "\n".join(f"User-agent: {agent}" for agent in [*agents, "article-scraper"]) + "\n" + "\n".join(rules)
    started = time.monotonic()
    parsed = parse_robots(text, "article-scraper")
    assert time.monotonic() - started < 0.5
    assert (parsed.allow(f"{SITE}/a"), parsed.allow(f"{SITE}/1999")) == (True, False)
