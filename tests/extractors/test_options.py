"""What `Options` names is used, or refused in words."""

from pathlib import Path

import pytest

from extractors import InvalidRules, Options, extract
from extractors.trace import trace

PAGE = (
    "<html><body>"
    + "<p>The ferry left the pier at nine, as on every working day since the bridge was closed for repairs.</p>" * 3
    + "</body></html>"
)


def test_a_folder_of_profiles_that_is_not_there_is_named() -> None:
    with pytest.raises(InvalidRules, match="mine: no such folder"):
        extract(PAGE, url="https://example.org/1", options=Options(profiles=(Path("mine"),)))
    with pytest.raises(InvalidRules, match="mine: no such folder"):
        trace(PAGE, url="https://example.org/1", options=Options(profiles=(Path("mine"),)))


def test_a_folder_of_rules_that_is_not_there_is_named() -> None:
    with pytest.raises(InvalidRules, match="nowhere"):
        extract(PAGE, options=Options(rules=(Path("nowhere"),)))


@pytest.mark.parametrize("options", [Options(weights=Path("mine.json")), Options(profiles=(Path("mine"),))])
def test_what_is_not_there_is_named_for_a_plain_text_too(options: Options) -> None:
    with pytest.raises(InvalidRules, match="mine"):
        extract("The ferry left the pier at nine, as on every working day.\n\n" * 4, content_type="text/plain", options=options)


def test_rules_of_a_user_cut_what_they_name(tmp_path: Path) -> None:
    (tmp_path / "en.toml").write_text(
        '[[rule]]\nid = "pier-line"\nkind = "navigation"\nplace = "anywhere"\nstarts = ["back to the pier list"]\n'
        'catches = ["Back to the pier list"]\nspares = ["They went back to the pier."]\n',
        encoding="utf-8",
    )
    page = PAGE.replace("</body>", "<p>Back to the pier list</p></body>")
    article = extract(page, options=Options(rules=(tmp_path,)))
    assert "pier list" not in article.body
