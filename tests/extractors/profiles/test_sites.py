"""The packaged profiles earn their places: each reads off its own page what the general answer does not."""

import pytest

from extractors import Article, Options, extract
from extractors.profiles import PACKAGED, Site, read_profile

__all__: list[str] = []

SITES = [read_profile(path) for path in sorted(PACKAGED.glob("*.toml"))]


def _told(article: Article) -> tuple[object, ...]:
    return (article.title, article.authors, article.date_published, article.taxonomy, article.site_name, article.body)


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_a_profile_adds_to_the_general_answer(site: Site) -> None:
    for layout in site.layouts:
        assert layout.page
        data = (PACKAGED / layout.page).read_bytes()
        address = f"https://www.{site.hosts[0]}/{layout.page}"
        own, general = (extract(data, url=address, options=Options(profiles=profiles)) for profiles in (None, ()))
        assert "profile_stale" not in own.warnings
        assert _told(own) != _told(general)
        assert f"profile:{site.name}" in {given.origin for given in own.provenance.values() if given}


def test_there_are_profiles_for_several_languages() -> None:
    pages = [PACKAGED / str(layout.page) for site in SITES for layout in site.layouts]
    assert {extract(page.read_bytes()).language for page in pages} >= {"de", "en", "es", "no", "pl", "tr"}
