"""The walk over a page: where words part, what a run counts, which elements are nodes."""

import pytest
from lxml import etree
from lxml.etree import _Element as Element

from extractors.document import parse
from extractors.marks import Mark
from extractors.outline import Outline, outline
from extractors.runs import Break


def walked(body: str) -> Outline:
    return parse(f"<html><head><title>t</title></head><body>{body}</body></html>").outline


def marked(page: Outline, mark: Mark) -> list[Element]:
    return [element for flags, element in page.marked if flags & mark]


def texts(body: str) -> list[str]:
    return [run.text for run in walked(body).runs]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>un<b>believ</b>able</p>", ["unbelievable"]),
        ("<p>one <b>two</b> three</p>", ["one two three"]),
        ("<p>one<br>two</p>", ["one", "two"]),
        ('<p>a <dfn>pier</dfn><span role="tooltip">A <b>landing</b> stage</span> of wood</p>', ["a pier of wood"]),
        ('<p>a<span style="display:none">2012</span> pier</p>', ["a pier"]),
        ('<p>a <a href="/1">pier<span class="sr-only"> (opens in a new window)</span></a>, he said</p>', ["a pier, he said"]),
        ('<p><span class="sr-only">By</span> Jane Doe</p>', ["By Jane Doe"]),
        ('<p>see <img src="1.gif"><noscript><img src="1.png"></noscript> and go</p>', ["see and go"]),
        ("<p>a<noscript>b</noscript>c</p>", ["a", "b", "c"]),
        ("<pre><button>Copy</button><code>x = 1</code></pre>", ["x = 1"]),
        ("<p>what <button>EBITDA</button> is</p><button>Share</button>", ["what EBITDA is", "Share"]),
        ("<div>a<video>Your browser cannot play this.</video></div><p>b</p>", ["a", "b"]),
        (f'<div role="tooltip"><p>{"A page in a frame. " * 20}</p></div>', [("A page in a frame. " * 20).strip()]),
        ("<p><a>one</a><a>two</a></p>", ["one two"]),
        ('<p><a href="/1">con</a><a href="/1">tact</a> us</p>', ["contact us"]),
        ('<p><a href="/1">one</a><a href="/1">Two</a><a href="/2">three</a></p>', ["one Two three"]),
        ("<p><a>one</a></p><p>“<a>two</a>”</p>", ["one", "“two”"]),  # a link of the block before parts nothing in this one
        ("<p>one<span class='part br'></span>two<span class='br'>three</span><i class='brand'></i>four</p>", ["one", "twothreefour"]),
        ("<p><ruby>子<rp>(</rp><rt>こ</rt><rp>)</rp></ruby>どもの日</p>", ["子どもの日"]),
        (
            "<p>about <keyword>water</keyword>, <o:p>he said</o:p></p><x-box>one</x-box><x-box>two</x-box>",
            ["about water, he said", "one", "two"],
        ),
        ("<p>We opened our <x-firm>Harbour Club</x-firm> page.</p><x-box>one</x-box>", ["We opened our Harbour Club page.", "one"]),
        ("<p><x-firm>The club</x-firm> is open: <x-firm>come</x-firm></p>", ["The club is open: come"]),
        ("<div>Text <x-note>and a note</x-note> of it.</div><div>Text<x-box>one</x-box></div>", ["Text and a note of it.", "Text", "one"]),
        ("<p>They <a href=1><meta content=x>signed</a> it, <span><link href=2>she</span> said.</p>", ["They signed it, she said."]),
        ("<p><img src=n.gif alt=N>ine boats.</p><p><img src=n.gif alt=N> Nine</p>", ["Nine boats.", "Nine"]),
        ("<p>One</p><template><p>Never</p></template><template shadowrootmode=open><p>Two</p></template>", ["One", "Two"]),
        ("<p>co\u00adop\u200ber\ufeffate</p>", ["cooperate"]),
        ("<p><a href=1>one</a><a href=2>two</a></p>", ["one two"]),
        ("<p><a href=1>one</a>, <a href=2>two</a></p>", ["one, two"]),
        ("<p>one<div>two</div>three</p>", ["one", "two", "three"]),
        ("<p> a \n\t b\u00a0c </p>", ["a b c"]),
        ("<p>a<script>x()</script>b<svg><text>no</text></svg>c</p>", ["abc"]),
        ("<p>one<svg><g><path/></g></svg><b>two</b></p><p>three</p>", ["onetwo", "three"]),
        ("<div>one<!-- two -->three</div>", ["onethree"]),
        ("<p> \n </p><p></p><p><b> </b></p>", []),
        ('<p>It <img class="emoji" alt="\N{GRINNING FACE}"> was <img src=a> good.</p>', ["It \N{GRINNING FACE} was good."]),
        ('<p>Fine<img src=a>, she said. <img class="wp-smiley" alt="smile"> So we went.</p>', ["Fine, she said. So we went."]),
        ("<p>One line. <img src=a> Another line.</p>", ["One line.", "Another line."]),
        ("<p>A heading <img src=a> Its text</p>", ["A heading", "Its text"]),
    ],
)
def test_words_neither_fuse_nor_split(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


def test_breaks_tell_a_line_from_a_gap() -> None:
    runs = walked("<p>a<br>b<br><br>c</p><p>d</p>").runs
    assert [(run.text, run.parted) for run in runs] == [("a", Break.BLOCK), ("b", Break.LINE), ("c", Break.LINES), ("d", Break.BLOCK)]


def test_pre_keeps_lines_and_indents() -> None:
    assert texts("<pre>\nif a:\n    b  c\n</pre>") == ["if a:\n    b  c"]
    assert texts("<pre>a<br>  b</pre>") == ["a\n  b"]
    assert texts("<pre><div>if a:</div>\n<div>    b  c\n</div></pre><div>  d  e</div>") == ["if a:", "    b  c", "d e"]


def test_markup_that_became_text_is_none() -> None:
    assert texts('<noscript>&lt;img src="https://stats.example/1.gif"&gt;</noscript><noscript><p>Read on.</p></noscript>') == ["Read on."]


def test_emphasis_is_counted_in_characters() -> None:
    (run,) = walked("<p>one <a href=1>two <b>six</b></a> <em>four</em><strong>!</strong></p>").runs
    assert (run.link, run.links, run.bold, run.italic) == (7, 1, 4, 4)


def test_counts_of_one_block_do_not_reach_the_next() -> None:
    runs = walked("<p><a href=1>link</a></p><p>plain</p>").runs
    assert [(run.link, run.links) for run in runs] == [(4, 1), (0, 0)]


def test_nodes_span_their_runs_and_nodes() -> None:
    page = walked("<div><p>a</p><ul><li>b<li>c</ul></div><p>d</p>")
    spans = {(node.tag, node.depth): [run.text for run in page.runs[node.first : node.last]] for node in page.nodes}
    assert spans["div", 2] == ["a", "b", "c"]
    assert spans["ul", 3] == ["b", "c"]
    assert spans["html", 0] == ["a", "b", "c", "d"]
    box = next(node for node in page.nodes if node.tag == "div")
    inside = page.nodes[page.nodes.index(box) + 1 : box.end]
    assert [node.tag for node in inside] == ["p", "ul", "li", "li"]
    assert all(page.nodes[node.parent].tag == {"p": "div", "ul": "div", "li": "ul"}[node.tag] for node in inside)


def test_media_count_for_their_block() -> None:
    page = walked("<div><img><iframe></iframe><input><select><option>no</select></div>")
    box = next(node for node in page.nodes if node.tag == "div")
    assert box.media == 2
    assert not page.runs


@pytest.mark.parametrize("attribute", ["hidden", 'style="color: red; display:none"', 'aria-hidden="true"', 'class="visually-hidden"'])
def test_hidden_elements_are_marked_and_kept(attribute: str) -> None:
    page = walked(f"<div {attribute}>text</div>")
    assert [node.tag for node in page.nodes if node.marks & Mark.HIDDEN] == ["div"]
    assert [run.text for run in page.runs] == ["text"]


@pytest.mark.parametrize("attribute", ['style="display:block"', 'aria-hidden="false"', 'class="shown"', 'title="hidden"'])
def test_shown_elements_are_not_marked_hidden(attribute: str) -> None:
    assert not any(node.marks & Mark.HIDDEN for node in walked(f"<div {attribute}>text</div>").nodes)


def test_names_of_inline_elements_are_marked() -> None:
    page = walked('<p>By <span class="postMeta author-name">Ann</span></p>')
    (element,) = marked(page, Mark.BYLINE)
    assert element.text == "Ann"


def test_depth_has_no_bound_in_the_walk() -> None:
    root = deepest = etree.Element("html")
    for _ in range(20_000):
        deepest = etree.SubElement(deepest, "div")
    deepest.text = "deep"
    page = outline(root)
    assert [run.text for run in page.runs] == ["deep"]
    assert page.nodes[-1].depth == 20_000
    assert page.nodes[0].last == 1
