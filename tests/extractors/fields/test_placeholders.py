"""Pictures that are none of an article's, told by their addresses."""

import pytest

from extractors.fields.image.placeholders import is_placeholder


@pytest.mark.parametrize(
    "name",
    "site-logo.png logo.gif harbour_logo_512x512.png trans.gif pixel.gif 1x1.png spacer.gif default.jpg post-default.png default-avatar.png"
    " og-image.png no-image.png noimage_300x200.jpg apple-touch-icon.png social-icon-large.png placeholder-news-image.jpg icons/heron.png"
    " placeholders/heron.jpg loading.gif ornament-78dc6dba8727c07b.gif divider.png iconos/heron.gif heron.svg blank_heron.jpg".split(),
)
def test_no_pictures_of_articles(name: str) -> None:
    assert is_placeholder(f"https://news.example.org/img/{name}")


@pytest.mark.parametrize(
    "name",
    "heron.jpg 12345.jpg image.jpg google-pixel-8.jpg cookies-1x1-1.jpg loading-dock-strike.jpg fashion-icon-dies-in-paris-at-85.jpg"
    " avatar-sequel-breaks-all-records.jpg heron_aspect-ratio_default_0.jpg lazy-river-flood.jpg missing-heron-found.jpg"
    " christmas-ornament-fair.jpg image-78dc6dba8727c07b.jpg 78dc6dba8727c07b.jpg".split(),
)
def test_pictures_of_articles(name: str) -> None:
    assert not is_placeholder(f"https://news.example.org/img/{name}")
