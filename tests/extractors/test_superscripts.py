"""Superscripts do not fuse with the words of a sentence."""

import pytest

from tests.sentence import body_with


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ('a pier<sup><a href="#fn1">1</a></sup>', "a pier"),
        ('a pier<a href="#fn:1" class="footnote-ref"><sup>[12]</sup></a>', "a pier"),
        ('a pier<sup class="reference"><a href="#cite_note-2"><span>[</span>2<span>]</span></a></sup>', "a pier"),
        ('a pier<sup class="modern-footnotes-footnote"><a href="javascript:void(0)">4</a></sup>', "a pier"),
        ("a pier<sup>1</sup>", "a pier1"),  # what it is nobody says
        ("the 1<sup>st</sup> pier", "the 1st pier"),
        ("10<sup>6</sup> waves", "10⁶ waves"),
        ("10<sup>−12</sup> metres", "10⁻¹² metres"),
        ('a <a href="/3">pier<sup>2</sup></a>', "a pier2"),
    ],
)
def test_what_stands_beside_a_word(markup: str, said: str) -> None:
    assert f"He saw {said} there." in body_with(markup)
