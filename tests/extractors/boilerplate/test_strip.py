"""The pass over a page: planted boilerplate goes, look-alikes stay, sentences are cut alone, and what was dropped is named."""

import time
import tomllib
from pathlib import Path

import pytest

from extractors.article import REMOVAL_KINDS, Block, BlockType
from extractors.boilerplate import load, strip
from extractors.boilerplate.copies import COPY
from extractors.boilerplate.repeats import PULL_QUOTE
from extractors.piece import Piece

HERE = Path(__file__).parent
LOOKALIKES = tomllib.loads((HERE / "lookalikes.toml").read_text(encoding="utf-8"))
PLANTS = tomllib.loads((HERE / "plants.toml").read_text(encoding="utf-8"))
# Two stretches of prose in one language serve every page: place is counted in prose, not in words.
PROSE = [
    "The wells behind the harbour turned salt in the spring, first the two by the chapel and then the one that the fishermen had "
    "dug in their own time, and by the end of May nobody on the eastern side drank what came out of the ground.",
    "A driller from the mainland went down ninety metres and found what the old map had said he would find, a bed of clay with a hole "
    "in it, and the sea on the other side of the hole, where it had been waiting since the pier was built.",
]


def piece(text: str, **values: object) -> Piece:
    return Piece(block=Block(type=BlockType.PARAGRAPH, text=text), **values)  # type: ignore[arg-type]


def run(*pieces: Piece, language: str | None = "en") -> list[Piece]:
    return strip(pieces, language=language, rules=load(), authors=("Mara Ellis",))


@pytest.mark.parametrize("language", LOOKALIKES)
def test_lookalikes_stay(language: str) -> None:
    lost = []
    for text in LOOKALIKES[language]:
        for place in range(5):
            body = [piece(prose) for prose in PROSE * 2]
            body.insert(place, piece(text, section=0))
            lost += [(place, each.rule, each.block.text) for each in run(*body, language=language) if not each.kept]
    assert lost == []


def test_lookalikes_are_many() -> None:
    assert len(LOOKALIKES) >= 8
    assert sum(map(len, LOOKALIKES.values())) >= 60


WORDS = "The ferry left at nine, an hour late, with forty passengers and a hearse on deck, and by noon the fog had come in from the sound."


def test_plants_are_many() -> None:
    assert len(PLANTS) >= 10
    assert sum(len(texts) for kinds in PLANTS.values() for texts in kinds.values()) >= 200
    assert set(PLANTS["en"]) | {PULL_QUOTE.kind, COPY.kind} == REMOVAL_KINDS


def test_plants_go() -> None:
    missed, misnamed, total = [], [], 0
    for language, kinds in PLANTS.items():
        for kind, texts in kinds.items():
            for text in texts:
                total += 1
                result = run(*map(piece, PROSE * 2), piece(text, section=1), language=language)
                assert [each.kept for each in result[:4]] == [True] * 4, text
                if result[-1].kept:
                    missed.append((language, kind, text))
                elif result[-1].kind != kind:
                    misnamed.append((language, kind, result[-1].rule, text))
    assert len(missed) <= 0.05 * total, missed
    assert len(misnamed) <= 0.05 * total, misnamed


def test_only_the_sentence_goes() -> None:
    tests = [
        ("Sign up for our free newsletter here.", "newsletter"),
        ("[Read more: Salt in the wells]", "read_more"),
        ("(Reporting by Mara Ellis in Harwick; Editing by Jon Poe)", "author_bio"),
        ("Follow us on Instagram and Twitter.", "share_follow"),
    ]
    for words, kind in tests:
        result = run(piece(PROSE[0]), piece(f"{PROSE[1]} {words}"))
        assert [each.block.text for each in result] == [*PROSE, words]
        assert [(each.kept, each.kind) for each in result] == [(True, None), (True, None), (False, kind)]


def test_a_block_of_promos_alone_goes_whole_wherever_it_stands() -> None:
    ask = "If you're enjoying this story, consider supporting our work. By buying a subscription you help us to dig deeper wells."
    result = run(*map(piece, PROSE * 2), piece(ask), *map(piece, PROSE * 2))
    assert [(each.block.text, each.kind) for each in result if not each.kept] == [(ask, "donate")]


def test_bracket_in_the_middle_goes() -> None:
    result = run(piece(f"He dug. [Read more: Salt in the wells] {PROSE[0]}"))
    assert [each.block.text for each in result] == [f"He dug. {PROSE[0]}", "[Read more: Salt in the wells]"]


def test_corrections_stay() -> None:
    texts = [
        "Correction: The year of the fire was 1912.",
        "Editor’s note: This article has been updated.",
        "Clarification: It was the western pier.",
    ]
    assert all(each.kept for each in run(*map(piece, PROSE), *[piece(text, section=1) for text in texts]))


def test_links_after_a_label_go_with_it() -> None:
    result = run(
        piece(PROSE[0]),
        piece("Related Articles"),
        piece("Salt in the wells", link=1.0),
        piece("The well that moved", link=1.0),
        piece(PROSE[1]),
    )
    assert [each.kept for each in result] == [True, False, False, False, True]
    assert {each.rule for each in result[1:4]} == {"en.related-label"}


def test_names_on_the_element() -> None:
    box = piece("Join forty thousand readers", keys="mc-embed newsletter-signup")
    assert [each.kind for each in run(piece(PROSE[0]), box, piece(PROSE[1]))] == [None, "newsletter", None]
    whole = [piece(text, keys="post newsletter entry") for text in PROSE]
    assert all(each.kept for each in run(*whole))


def test_dropped_pieces_are_named() -> None:
    result = run(piece(PROSE[0]), piece("Advertisement", kept=False), piece("Harbour fees", kept=False))
    assert [(each.kind, each.rule) for each in result[1:]] == [("ad_label", "en.ad-label"), ("unclassified", "model")]


def test_tables_and_code_are_left_alone() -> None:
    for block in (
        Piece(block=Block(type=BlockType.CODE, text="Share this article")),
        Piece(block=Block(type=BlockType.TABLE, text="Tide | 4 m"), keys="pager"),
    ):
        assert run(block, *map(piece, PROSE))[0] == block


def test_nothing_in_nothing_out() -> None:
    assert run() == []
    assert run(language=None) == []


@pytest.mark.parametrize("names", ["has-large-font-size wp-block-paragraph", "post category-social-media", "paywall article-text"])
def test_names_of_style_topic_or_container_remove_nothing(names: str) -> None:
    pieces = [
        Piece(block=Block(type=BlockType.PARAGRAPH, text=f"The ferry left pier {at}."), keys=names if at == 3 else "") for at in range(9)
    ]
    assert all(piece.kept for piece in strip(pieces, language="en", rules=load()))


def test_ids_that_spell_a_heading_out_are_no_boxes() -> None:
    heading = Piece(block=Block(type=BlockType.HEADING, text="Membership Program", level=2), keys="h-membership-program entry")
    assert run(piece(PROSE[0]), heading, *map(piece, PROSE * 2))[1].kept
    box = Piece(block=Block(type=BlockType.HEADING, text="Join the harbour club", level=2), keys="membership-box entry")
    assert run(piece(PROSE[0]), box, *map(piece, PROSE * 2))[1].kind == "membership"


def test_prose_in_a_box_of_links_stays_unless_it_is_short() -> None:
    short, prose = piece("More from the harbour", keys="map-and-related"), piece(PROSE[0], keys="map-and-related")
    assert [each.kept for each in run(prose, short, *map(piece, PROSE * 3))][:2] == [True, False]


def test_what_a_post_is_filed_under_names_no_box() -> None:
    keys = "post type-post hentry category-newsletter custom_tags-advert"
    assert all(each.kept for each in run(*map(piece, PROSE * 4), piece("The ferry left.", keys=keys), *map(piece, PROSE * 4)))


def test_about_the_author_over_the_text_takes_none_of_it() -> None:
    label = piece("About the author", kept=False)
    assert [each.kept for each in run(label, *map(piece, PROSE * 2))] == [False, True, True, True, True]
    assert [each.kept for each in run(*map(piece, PROSE * 2), label, piece("She lives in Harwick with two cats."))] == [True] * 4 + [
        False
    ] * 2


def test_a_label_over_text_of_the_article_is_its_heading() -> None:
    label = Piece(block=Block(type=BlockType.HEADING, text="Related", level=2), score=0.97)
    entry = piece("A paper with nine authors on maps that fold (2010), which tells what was left out here for want of room.", link=0.4)
    assert [each.kept for each in run(piece(PROSE[0]), label, entry, piece(PROSE[1]))] == [True] * 4
    likely = Piece(block=label.block, score=0.8)
    assert [each.kept for each in run(piece(PROSE[0]), likely, entry, piece(PROSE[1]))] == [True] * 4
    unsure = Piece(block=label.block, score=0.6)
    assert [each.kept for each in run(piece(PROSE[0]), unsure, entry, piece(PROSE[1]))] == [True, False, True, True]
    both = Piece(block=entry.block, score=0.8)
    assert [each.kept for each in run(piece(PROSE[0]), likely, both, piece(PROSE[1]))] == [True, False, True, True]


@pytest.mark.parametrize("title", ["Discussion", "Related work", "Comments", "Topics", "Upcoming events"])
def test_sections_of_a_paper_keep_their_titles(title: str) -> None:
    heading = Piece(block=Block(type=BlockType.HEADING, text=title, level=2))
    assert all(each.kept for each in run(*map(piece, PROSE), heading, piece(PROSE[0])))
    assert not run(*map(piece, PROSE * 2), heading, piece("Salt in the wells", link=1.0, kept=False))[4].kept or title == "Related work"


def test_links_end_where_headings_begin() -> None:
    linked = Piece(block=Block(type=BlockType.HEADING, text="5. The map of Harwick", level=2), link=0.9)
    kept = [each.kept for each in run(piece(PROSE[0]), piece("See also:"), piece("Salt in the wells", link=1.0), linked, piece(PROSE[1]))]
    assert kept == [True, False, False, True, True]


def test_a_bracket_that_is_part_of_a_sentence_stays() -> None:
    for text in (
        "The diner got a serious upgrade (read: a much larger room) in May.",
        "Two reasons matter here (read more on this below).",
    ):
        assert [each.block.text for each in run(piece(PROSE[0]), piece(text), piece(PROSE[1]))] == [PROSE[0], text, PROSE[1]]


def test_a_name_that_covers_much_is_a_box_only_where_it_is_all_that_follows() -> None:
    def texts(names: list[str]) -> list[str]:
        pieces = [Piece(block=Block(type=BlockType.PARAGRAPH, text=f"{at}. {WORDS}"), keys=name) for at, name in enumerate(names)]
        return ["kept" if piece.kept else piece.kind or "" for piece in strip(pieces, language="en", rules=load())]

    assert texts(["post", "post", "comment-body", "comment-body", "comment-body"]) == ["kept"] * 2 + ["comments"] * 3
    assert texts(["comments", "comments", "comments", "comments", "comments"]) == ["kept"] * 5
    assert texts(["post", "post", "comments", "comments", "post"]) == ["kept"] * 5


@pytest.mark.parametrize(
    ("label", "kind", "shape"), [("12 comments", "comments", BlockType.PARAGRAPH), ("Related articles", "related", BlockType.HEADING)]
)
def test_what_follows_the_end_goes_unless_the_model_is_sure_of_it(label: str, kind: str, shape: BlockType) -> None:
    def told(score: float, paragraphs: int) -> list[str | None]:
        story = [Piece(block=Block(type=BlockType.PARAGRAPH, text=f"{at}. {WORDS}"), score=0.9) for at in range(paragraphs)]
        end = Piece(block=Block(type=shape, text=label), kept=False, score=0.1)
        after = [Piece(block=Block(type=BlockType.PARAGRAPH, text=f"{at}. I disagree. {WORDS * 9}"), score=score) for at in range(2)]
        return ["kept" if piece.kept else piece.kind for piece in strip([*story, end, *after], language="en", rules=load())][paragraphs:]

    assert told(0.7, 8) == [kind] * 3
    assert told(0.95, 8) == [kind, "kept", "kept"]
    assert told(0.7, 2) == [kind, "kept", "kept"]  # there was no article yet


def test_what_is_built_as_the_article_is_no_comment() -> None:
    def entry(number: int, keys: str, score: float = 0.6) -> Piece:
        return Piece(block=Block(type=BlockType.PARAGRAPH, text=f"{number}. {WORDS}"), keys=keys, score=score)

    label = piece("3 comments", kept=False, score=0.1, keys="entry-foot list")
    entries = [entry(at, "entry list") for at in range(9)]
    assert all(each.kept for each in run(*entries, label, entry(9, "entry list"), entry(10, "entry list"))[10:])
    assert [each.kind for each in run(*entries, label, entry(9, "talk"), entry(10, "talk"))[10:]] == ["comments"] * 2
    column = piece("Recent comments", kept=False, score=0.1, keys="widget-title recent-comments widget")
    assert all(each.kept for each in run(*entries, column, entry(9, "talk"), entry(10, "talk"))[10:])


def test_labels_and_their_links_by_the_thousand_take_bounded_time() -> None:
    boxes = [piece("Related", kept=False), piece("Read more", kept=False, link=1.0)] * 16_000
    run(piece(PROSE[0]), *boxes[:2])  # the rules are read before the clock runs
    start = time.process_time()
    result = run(*map(piece, PROSE * 2), *boxes)
    assert time.process_time() - start < 3
    assert [one.block.text for one in result if one.kept] == PROSE * 2


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "mellis@example.org\n(END)"),
        ("ko", "(끝)"),
        ("ja", "［有料会員限定］ この記事は会員限定です。登録すると続きをお読みいただけます。"),
        ("zh", "（编辑：林晓 王辉）"),
        ("zh", "【打印本页】【关闭窗口】"),
        ("zh", "［来源：港口日报］"),
    ],
)
def test_what_closes_a_report(language: str, line: str) -> None:
    *body, last = run(*map(piece, PROSE * 2), piece(line, score=0.6), language=language)
    assert not last.kept
    assert all(one.kept for one in body[:2])


def test_an_address_of_a_listing_stays() -> None:
    clinic = piece("Harbour Clinic\n(415) 555-0142\nmellis@example.org\nOpen on weekdays")
    *_, last = run(*map(piece, PROSE * 2), clinic)
    assert last == clinic


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Back to where the pier belongs. Credit: Harbour Post"),
        ("pt", "Hospital regional, em Porto Novo — Foto: Ana Moreira/TV Cais"),
    ],
)
def test_a_credit_behind_a_caption_goes_amid_the_text(language: str, line: str) -> None:
    body = [piece(f"{number} {prose}") for number, prose in enumerate(PROSE * 4)]
    result = run(*body[:4], piece(line), *body[4:], language=language)
    assert [one.block.text for one in result if not one.kept] == [line]
