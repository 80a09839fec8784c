"""Profile files: what they may hold, and the file, line and reason of what they may not."""

from pathlib import Path

import pytest

from extractors import InvalidRules, Options, extract
from extractors.profiles import PACKAGED, find, read_profile
from extractors.profiles.load import hosts_of
from extractors.version import extractor_version

__all__: list[str] = []

SOUND = 'hosts = ["example.org"]\n[[layout]]\ntitle = "h2.head"\n'

FAULTS = {
    'hosts = ["example.org"]\nhost = "x"\n[[layout]]\ntitle = "h1"\n': "line 2: unknown key host",
    'hosts = ["Example"]\n[[layout]]\ntitle = "h1"\n': "line 1: hosts must be a list of host names",
    'hosts = ["example.org"]\n': r"line 1: a profile needs a \[\[layout\]\]",
    f'{SOUND}body = "div[["\n': "line 4: body: 'div\\[\\[' is no CSS selector",
    f'{SOUND}body = "//div["\n': "line 4: body: '//div\\[' is no XPath",
    f"{SOUND}authors = []\n": "line 4: authors: the list of selectors is empty",
    f'{SOUND}byline = {{ select = "p", pattern = "by" }}\n': "line 4: byline: 'by' needs one",
    f'{SOUND}[[layout]]\ntitle = "h1"\nheadline = "h1"\n': "line 6: unknown key headline",
    f'{SOUND}from = "2024"\n': "line 4: from must be a day",
    f'{SOUND}[layout.drop]\njunk = "p"\n': "line 5: junk is no kind of boilerplate",
    f'{SOUND}required = ["body"]\n': "line 4: required must be a list of fields that the layout has",
    'hosts = ["example.org"]\ntimezone = "Europe/Nowhere"\n[[layout]]\ntitle = "h1"\n': "line 2: 'Europe/Nowhere' is no time zone",
    'hosts = ["example.org"]\n[labels]\n"Dossier" = "folder"\n[[layout]]\ntitle = "h1"\n': "line 3: a label stands for one of",
    'hosts = ["example.org"]\n[phrases]\nnewsletter = ["("]\n[[layout]]\ntitle = "h1"\n': "line 3: '\\(' is no regular expression",
    'hosts = ["example.org"]\n[[layout]]\nauthors = "a"\n': "line 2: nothing tells such a page",
    'hosts = ["example.org"]\nbreaks = "span["\n[[layout]]\ntitle = "h1"\n': r"line 2: breaks: 'span\[' is no CSS selector",
    "hosts = [\n": "Invalid",
    f'{SOUND}required = [["a"]]\n': "line 4: required must be a list of fields that the layout has",
    'hosts = ["example.org"]\nlayout = [3]\n': r"line 2: a profile needs a \[\[layout\]\]",
    f'{SOUND}byline = {{ select = "p", pattern = "(x{{99999999999}})" }}\n': "line 4: byline: '.*' is no regular expression",
}


@pytest.mark.parametrize("text", FAULTS)
def test_a_fault_is_told_with_its_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "example.org.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(InvalidRules, match=FAULTS[text]) as caught:
        read_profile(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("source", "reason"),
    [(SOUND.encode() + b"# caf\xe9\n", "line 4: not in UTF-8"), (b"hosts = " + b"[" * 100_000, "nested too deep")],
    ids=["bytes", "deep"],
)
def test_what_is_no_table_is_told(tmp_path: Path, source: bytes, reason: str) -> None:
    path = tmp_path / "example.org.toml"
    path.write_bytes(source)
    with pytest.raises(InvalidRules, match=f"{path}: {reason}"):
        read_profile(path)


def test_a_host_is_served_with_all_below_it_and_by_a_users_profile_first(tmp_path: Path) -> None:
    own = tmp_path / "mine.toml"
    own.write_text(SOUND.replace("example.org", "globalresearch.ca"), "utf-8")
    found = find("fr.globalresearch.ca", None)
    assert found is not None
    assert found.name == "globalresearch.ca"
    mine = find("fr.globalresearch.ca", (tmp_path,))
    assert mine is not None
    assert mine.path == own
    assert find("notglobalresearch.ca", None) is None
    assert find("globalresearch.ca", ()) is None
    assert find(None, None) is None


def test_two_profiles_for_one_host_are_refused(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_text(SOUND, "utf-8")
    with pytest.raises(InvalidRules, match=r"example\.org has a profile already, a\.toml"):
        hosts_of(tmp_path)


def test_every_packaged_profile_is_sound_and_says_how_much_it_helps() -> None:
    paths = sorted(PACKAGED.glob("*.toml"))
    assert paths
    for path in paths:
        site = read_profile(path)
        assert site.name in site.hosts, path
        assert site.notes.strip(), path
        assert all(layout.page and layout.expect for layout in site.layouts), path


def test_the_version_tells_with_which_profiles_a_record_was_made(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(SOUND, "utf-8")
    page = "<html><body>" + "<p>The ferry left the pier at nine, as on every day since the bridge was closed.</p>" * 4 + "</body></html>"
    versions = [extract(page, options=Options(profiles=profiles)).extractor_version for profiles in (None, (), (tmp_path,))]
    assert len(set(versions)) == 3
    assert versions[0] == extractor_version()
