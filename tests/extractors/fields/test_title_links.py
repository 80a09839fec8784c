"""The title told by where headings lead, and by names that links and hosts tell."""

import pytest

from tests.extractors.fields.test_title import read

BLOG = "https://www.harbour-post.example/notes/2020/05/the-ferry-is-back"


def test_a_heading_that_leads_above_the_page_is_the_blogs_name() -> None:
    body = '<h1><a href="/notes/">Harbour notes</a></h1><h2><a href="/notes/2020/05/the-ferry-is-back">The ferry is back</a></h2>'
    assert read("<title>Harbour notes » Blog Archive » The ferry is back</title>", body, url=BLOG) == "The ferry is back"


def test_the_heading_that_leads_to_the_page_itself_is_the_title_where_the_data_say_the_blogs_name() -> None:
    head = '<title>Quay and Tide</title><meta property="og:site_name" content="Quay and Tide">'
    post, other = f'<h3><a href="{BLOG}">The ferry is back</a></h3>', '<h3><a href="/notes/2020/04/piers">Piers are painted</a></h3>'
    assert read(head, f"<h1>Quay and Tide</h1>{post}{other}", url=BLOG) == "The ferry is back"
    assert read(head, f"<h1>Quay and Tide</h1>{other}", url=BLOG) == "Quay and Tide"
    assert read(head, f"<h1>Quay and Tide</h1>{post}{other}", url="https://www.harbour-post.example/") == "Quay and Tide"


def test_the_sites_name_that_ends_a_heading_is_left_out() -> None:
    head = "<title>The ferry is back » Local » Bay Daily</title><meta name='twitter:title' content='The ferry is back'>"
    body = '<h1><span class="set">The ferry is back</span><a href="/bay.html">Bay Daily</a></h1>'
    assert read(head, body) == "The ferry is back"


def test_a_heading_that_opens_the_data_is_the_title_where_no_first_heading_fits() -> None:
    body = "<h1>Hello, I am Ida.</h1><h2>The ferry is back in the bay</h2>"
    assert read("<title>The ferry is back in the bay | Notes | Ida Quist</title>", body) == "The ferry is back in the bay"
    body = "<h1>Hello, I am Ida.</h1><h2>Economics</h2>"
    assert read("<title>The ferry is back in the bay | Economics</title>", body) != "Economics"
    head = "<title>Boats for beginners: the whole guide</title><meta property='og:title' content='Boats for beginners: the whole guide'>"
    assert read(head, "<h2>Boats for beginners</h2>") == "Boats for beginners: the whole guide"


def test_the_sign_of_a_headings_own_link_is_no_part_of_it() -> None:
    body = '<h1>The ferry is back<a class="headerlink" href="#the-ferry-is-back">¶</a></h1>'
    assert read("<title>The ferry is back — Quay 0.6 manual</title>", body) == "The ferry is back"


def test_a_title_loses_the_name_that_links_to_the_front_page() -> None:
    body = '<a class="logo" href="/">Tide Tables</a><p>Ferry</p>'
    assert read("<title>The ferry is back | Tide Tables</title>", body) == "The ferry is back"


@pytest.mark.parametrize(
    ("name", "host"), [("Libération du Port", "liberation-du-port"), ("Südhafen", "suedhafen"), ("Südhafen", "sudhafen")]
)
def test_a_name_with_accents_is_known_by_its_host(name: str, host: str) -> None:
    assert read(f"<title>The ferry is back - {name}</title>", url=f"https://www.{host}.example/news/1") == "The ferry is back"


def test_a_paragraph_inside_the_heading_is_the_headline() -> None:
    page = "<h1><p>Ferries return to the bay: 'We wore the sea like a coat'</p></h1>"
    assert read("<title>Ferries return to the bay</title>", page) == "Ferries return to the bay: 'We wore the sea like a coat'"
    assert read("<title>Ferries return to the bay</title>", "<h1></h1><p>The ferries return to the bay.</p>") == "Ferries return to the bay"


def test_a_headline_that_is_printed_twice_is_said_once() -> None:
    twice = "Ferries return to the bay Ferries return to the bay"
    assert read(f"<title>{twice}</title>", f"<h1>{twice}</h1>") == "Ferries return to the bay"
    assert read("<title>Bye bye</title>", "<h1>Bye bye</h1>") == "Bye bye"


def test_a_line_with_which_the_title_begins_is_the_headline_where_nothing_else_says_it() -> None:
    body = "<p><font>春天的渡轮回到了湾区的港口</font></p>"
    assert read("<title>春天的渡轮回到了湾区的港口-湾区网</title>", body) == "春天的渡轮回到了湾区的港口"
    assert read("<title>春天的渡轮回到了湾区的港口 港口办_湾区网</title>", body) == "春天的渡轮回到了湾区的港口"
    assert read("<title>Ferries return-to-bay plans</title>", "<p>Ferries</p>") == "Ferries return-to-bay plans"
    two = "<p><font>关于批准港口的渡轮发行春季特别船票及调整</font></p><p><font>年末船票余额限额的决议</font></p>"
    whole = "关于批准港口的渡轮发行春季特别船票及调整 年末船票余额限额的决议"
    assert read(f"<title>{whole}</title>", two) == whole
