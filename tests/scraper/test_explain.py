"""`scraper explain`: its tables, its JSON, its page, and an attack page of which nothing runs, loads or feigns."""

import base64
import hashlib
import json
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from extractors.article import Block, BlockType
from extractors.piece import Piece
from extractors.trace import APART, CAPTION, Trace, Verdict, trace
from scraper.explain import as_json, as_page, as_tables
from scraper.explain.page import safe_link
from tests.attack_page import BIDI, attack_page
from tests.server import Server
from tests.source import ROOT

__all__: list[str] = []

SAMPLE = ROOT / "data" / "samples" / "jsonld-news-en" / "page.html"
ADDRESS = "https://news.example.org/environment/2026/05/12/saltmarsh-returns-to-orrin-estuary-4471"


@pytest.fixture(scope="module")
def sample() -> Trace:
    return trace(SAMPLE.read_bytes(), url=ADDRESS, content_type="text/html")


@pytest.fixture(scope="module")
def attack() -> str:
    return as_page(trace(attack_page("http://127.0.0.1:9/beacon"), url=f"{ADDRESS}\"onfocus='alert(1)'<b>", content_type="text/html"))


class Seen(HTMLParser):
    """The elements, attributes and texts of a page, as a parser that is not ours sees them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.texts.setdefault(self.tags[-1] if self.tags else "", []).append(data)


# Every element and attribute that the template has; a page adds none.
ELEMENTS = set(
    "html head meta title style body header h1 h2 h3 p a bdi span code nav main section div fieldset legend label input ol li "
    "table thead tbody tr th td pre script".split()
)
ATTRIBUTES = set(
    "lang charset http-equiv content name dir href rel aria-label aria-labelledby aria-describedby aria-live id class type checked hidden "
    "autocomplete tabindex scope data-name".split()
)


def test_an_attack_page_adds_no_element_and_no_attribute(attack: str) -> None:
    seen = Seen(attack)
    assert set(seen.tags) <= ELEMENTS
    assert {name for name, _ in seen.attributes} <= ATTRIBUTES
    assert seen.tags.count("script") == seen.tags.count("style") == 1
    links = [value for name, value in seen.attributes if name == "href"]
    assert all(re.match(r"#\w+$|https?://", link) for link in links), links
    assert not [value for _, value in seen.attributes if "javascript:" in value.lower() or "data:" in value]


def test_the_policy_allows_the_pages_own_style_and_script_alone(attack: str) -> None:
    seen = Seen(attack)
    policy = next(value for name, value in seen.attributes if name == "content" and "default-src" in value)
    for tag in ("style", "script"):
        whole = re.search(rf"<{tag}>(.*?)</{tag}>", attack, re.DOTALL)
        assert whole is not None
        digest = base64.b64encode(hashlib.sha256(whole[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
        assert "".join(seen.texts[tag]).rstrip("\n") == whole[1].rstrip("\n")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "*" not in policy


def test_what_the_attack_says_is_shown_as_text(attack: str) -> None:
    shown = "".join("".join(texts) for texts in Seen(attack).texts.values())
    assert "<script>" in shown
    assert "</style>" in shown
    assert "javascript:owned()" in shown
    assert "{{ 7 * 7 }}" in shown
    assert "{% include" in shown
    assert not set(BIDI) & set(attack), "a control of writing direction stands in the page itself"
    assert "\\u202e" in shown


@pytest.mark.parametrize(
    "address",
    [
        None, "", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//host/x",
        "blob:x", "https://", "https://example.org/a b", "https://example.org/\u202egpj", "https://example.org/\n", "java\nscript:alert(1)",
    ],
)  # fmt: skip
def test_links_lead_to_http_and_https_alone(address: str | None) -> None:
    assert safe_link(address) is None


def test_an_address_may_be_a_link() -> None:
    assert safe_link("https://example.org/a?b=c&d=%20#e") == "https://example.org/a?b=c&d=%20#e"
    assert safe_link(ADDRESS) == ADDRESS


def test_the_page_holds_every_block_field_and_the_record(sample: Trace) -> None:
    page = as_page(sample)
    assert page.count('tabindex="0" aria-describedby="why') == len(sample.pieces)
    assert all(f"<h3>{field.name}" in page for field in sample.fields)
    texts = Seen(page).texts
    assert json.loads("".join(texts["pre"])) == sample.article.to_dict()
    assert "dom.newsletter" in page


def test_the_page_shows_reasons_without_its_script(sample: Trace) -> None:
    page = re.sub(r"<script>.*?</script>", "", as_page(sample), flags=re.DOTALL)
    assert ".block:hover > .why, .block:focus > .why" in page
    assert "body:has(#k0:not(:checked)) .k0" in page
    assert '<p id="searching" hidden>' in page, "what needs the script is hidden without it"


def test_the_json_is_the_records_and_ends_with_the_blocks(sample: Trace) -> None:
    told = json.loads(as_json(sample))
    assert list(told) == ["record", "fields", "blocks"]
    assert told["record"] == sample.article.to_dict()
    assert [block["text"] for block in told["blocks"] if not block["kept"] and block["kind"] not in APART] == [
        removal.text for removal in sample.article.removed
    ]
    title = next(field for field in told["fields"] if field["name"] == "title")
    assert {candidate["verdict"] for candidate in title["candidates"]} == {"won", "agrees"}


def _tables(told: Trace, width: int = 120) -> str:
    out = StringIO()
    as_tables(told, Console(file=out, width=width, force_terminal=True, color_system=None, highlight=False, markup=False, emoji=False))
    return out.getvalue()


def test_the_tables_name_winner_weight_rule_and_score(sample: Trace) -> None:
    text = _tables(sample)
    assert re.search(r"won +25 +dom +h1\.fits +Saltmarsh returns", text)
    assert re.search(r"title +0\.\d+ sure +Saltmarsh returns", text)
    assert re.search(r"removed +0\.\d\d +newsletter +dom\.newsletter +Tideline", text)
    assert re.search(r"kept +0\.\d\d +The gap in the wall", text)


@pytest.mark.parametrize("width", [60, 80, 200])
def test_the_tables_fit_their_terminal(sample: Trace, width: int) -> None:
    text = _tables(sample, width)
    assert max(map(len, text.splitlines())) <= width
    fields = text.partition("Blocks, in page order")[0]
    assert all(word in fields for word in str(sample.article.title).split())


def test_nothing_of_the_page_acts_on_the_terminal(sample: Trace) -> None:
    wicked = Piece(
        block=Block(type=BlockType.PARAGRAPH, text="\x1b]0;owned\x07[bold red]text[/] :bomb: \u202egpj"), kind="a\x1b[2Jb", kept=False
    )
    text = _tables(replace(sample, pieces=(wicked,)), 200)
    assert "\x07" not in text
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\\x1b]0;owned\\x07[bold red]text[/] :bomb: \\u202egpj" in text


def test_the_text_is_in_its_own_language(sample: Trace) -> None:
    page = as_page(sample)
    assert page.count(' lang="en"') == len(sample.pieces) + 2
    assert '<h1 dir="auto">' in as_page(replace(sample, article=replace(sample.article, language=None)))


def test_the_winner_stands_first(sample: Trace) -> None:
    page = as_page(sample)
    for field in sample.fields:
        if not field.voices:
            continue
        section = page.split(f"<h3>{field.name}")[1].split("<h3>")[0]
        verdicts = re.findall(r'<tr class="verdict-(\w+)"', section)
        assert verdicts == sorted((str(voice.verdict) for voice in field.voices), key=list(Verdict).index)


def test_captions_and_lines_with_a_key_of_their_own_are_neither_kept_nor_removed(sample: Trace) -> None:
    caption = Piece(block=Block(type=BlockType.CAPTION, text="The old pier"), kind=CAPTION, rule=CAPTION, kept=False)
    sample = replace(sample, pieces=(*sample.pieces, caption))
    page = as_page(sample)
    apart = [piece for piece in sample.pieces if piece.kind in APART]
    assert {piece.kind for piece in apart} == APART
    assert page.count("is-apart") == len(apart) + len(APART) + len(re.findall("is-apart", page.split("</style>")[0]))
    assert "captions stand in it where they are asked for" in page
    assert re.search(r"apart +\d\.\d\d +caption", _tables(sample))


def _scraper(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scraper", *arguments]
    return subprocess.run(command, cwd=cwd, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=100, check=False)


def test_a_file_is_explained_as_it_is_extracted(tmp_path: Path) -> None:
    extracted = _scraper("extract", str(SAMPLE), "--url", ADDRESS, cwd=tmp_path)
    explained = _scraper("explain", str(SAMPLE), "--url", ADDRESS, "--json", "--html", "why.html", cwd=tmp_path)
    assert (explained.returncode, explained.stderr) == (0, "")
    assert json.loads(explained.stdout)["record"] == json.loads(extracted.stdout)
    assert (tmp_path / "why.html").read_text("utf-8").startswith("<!doctype html>")


def test_an_address_is_fetched_under_the_rules_of_the_house(tmp_path: Path, server: Server) -> None:
    done = _scraper("explain", server.url("/article/1"), "--allow-network", "127.0.0.0/8", "--contact", "t@example.org", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "won" in done.stdout
    assert server.paths() == ["/robots.txt", "/article/1"]
    gone = _scraper("explain", server.url("/gone"), "--allow-network", "127.0.0.0/8", "--contact", "t@example.org", cwd=tmp_path)
    assert (gone.returncode, gone.stdout) == (3, "")
    assert "http_4xx: " in gone.stderr


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "why.html").write_text("mine")
    done = _scraper("explain", str(SAMPLE), "--html", "why.html", cwd=tmp_path)
    assert done.returncode == 2
    assert "--overwrite" in done.stderr
    assert (tmp_path / "why.html").read_text() == "mine"
    assert _scraper("explain", str(SAMPLE), "--html", "why.html", "--overwrite", cwd=tmp_path).returncode == 0


def test_a_page_without_an_article_says_why(tmp_path: Path) -> None:
    done = _scraper("explain", str(ROOT / "data/samples/consent-wall-de/page.html"), "--html", "why.html", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert "consent_wall: " in done.stderr
    assert not (tmp_path / "why.html").exists()
    assert _scraper("explain", "missing.html", cwd=tmp_path).returncode == 2
