"""What a tree cannot hold may stand in a page, beside whatever is written into the tree."""

import pytest

from tests.sentence import body_with


@pytest.mark.parametrize(
    "markup",
    [
        "<q>a&#11;b</q>",
        "<q>a<b>x</b>&#1;b</q>",
        "<sup><a href='#1'>1</a></sup>&#11;x",
        "<math><mi>a&#1;</mi></math>&#1;",
        "<math alttext='a&#1;'></math>",
        "<script type='math/tex'>a\x01b</script>\x01",
        "<span class='katex-html'>&#1;</span>&#1;<math><mi>a</mi></math>",
        "10<sup>6</sup>&#1;",
        "a<span hidden>b</span>&#11;c",
    ],
)
def test_a_page_with_control_characters_is_read(markup: str) -> None:
    assert "there. The harbour master" in body_with(markup)
