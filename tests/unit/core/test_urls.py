"""Every form of address that the site has had, and those that only look like one."""

import pytest

from tasks.core.urls import (
    MAX_ADDRESS_CHARS,
    canonical_url,
    dial_url,
    interface_section_url,
    interface_story_url,
    is_interface_story,
    is_local_host,
    parse_story,
    section_name,
    story_id,
)

BASE = "http://127.0.0.1:43211"
CANONICAL = "https://menafn.com/1109916091/Harbour-Talks-Resume"


def story_url(link, base_url="https://menafn.com"):
    story = parse_story(link, base_url=base_url)
    return story and story.url


@pytest.mark.parametrize(
    "link",
    [
        CANONICAL,
        "http://menafn.com/1109916091/Harbour-Talks-Resume",
        "http://www.menafn.com/1109916091/Harbour-Talks-Resume?src=RSS",
        "https://menafn.com/1109916091/Harbour-Talks-Resume?Social=on",
        "https://MENAFN.com:443/1109916091/Harbour-Talks-Resume#comments",
        "//menafn.com/1109916091/Harbour-Talks-Resume",
        "/1109916091/Harbour-Talks-Resume/",
        "\n  https://menafn.com/1109916091/Harbour-Talks-Resume\n",
        f"{BASE}/1109916091/Harbour-Talks-Resume",
        "/qn_news_story_s.aspx?storyid=1109916091&title=Harbour-Talks-Resume",
        "/qn_news_story_s.aspx?storyID=1109916091&title=Harbour-Talks-Resume&social=on",
        "/QN_News_Story_S.aspx?TITLE=Harbour-Talks-Resume&STORYID=1109916091",
        "/qn_news_story_s.aspx?storyid=1109916091&title=Harbour%20Talks%20Resume",
    ],
)
def test_every_form_of_a_story_address_comes_down_to_one(link):
    assert story_url(link, BASE) == CANONICAL
    assert story_id(link, base_url=BASE) == 1109916091


@pytest.mark.parametrize(
    "link", ["https://menafn.com/1110858601/", "https://menafn.com/1110858601", "/1110858601//"]
)
def test_a_story_without_a_slug_keeps_its_closing_slash(link):
    assert story_url(link) == "https://menafn.com/1110858601/"


@pytest.mark.parametrize(
    "slug",
    ["%D9%85%D9%8A%D9%86%D8%A7%D8%A6", "%d9%85%d9%8a%d9%86%d8%a7%d9%8a%d9%94", "مينائ"],
)
def test_an_arabic_slug_comes_out_the_same_however_it_was_written(slug):
    story = parse_story(f"/Arabic/1110696390/{slug}")
    assert story is not None
    assert (story.article_id, story.is_arabic) == (1110696390, True)
    assert story.slug == "%D9%85%D9%8A%D9%86%D8%A7%D8%A6"
    assert story.url == f"https://menafn.com/arabic/1110696390/{story.slug}"


@pytest.mark.parametrize("path", ["/1094276019/Oil&Gas-Prices", "/1094276019/caf%E9"])
def test_an_ampersand_and_a_byte_that_is_no_utf_8_stay(path):
    assert story_url(path) == f"https://menafn.com{path}"


def test_a_canonical_address_is_a_fixed_point():
    for link in (CANONICAL, "https://menafn.com/arabic/1110696390/%D9%8A%D9%94%20x"):
        once = story_url(link)
        assert once is not None
        assert story_url(once) == once == canonical_url(once)


@pytest.mark.parametrize(
    "link",
    [
        "https://menafn.com/updates/pr/2025-07/04/TNA_3a05dimage_story.jpg",
        "https://menafn.com/images/Menafn_SmallLogo.jpg",
        "https://menafn.com/qn_news_sections.aspx?src=s",
        "https://menafn.com/qn_country.aspx?country=SA&src=header",
        "https://menafn.com/rss/menafn_Kuwait.xml",
        "https://menafn.com/",
        "https://menafn.com/110991609/Nine-Digits",
        "https://menafn.com/11099160911/Eleven-Digits",
        "https://menafn.com/2109916091/Another-First-Digit",
        "https://menafn.com/1109916091x/Letters",
        "https://menafn.com/\u0661\u0661\u0660\u0669\u0669\u0661\u0666\u0660\u0669\u0661/x",
        "https://menafn.com/a/1109916091/Deeper",
        "https://menafn.com/1109916091/Slug/Deeper",
        "https://menafn.com/qn_news_story_s.aspx?title=No-Id",
        "https://menafn.com/qn_news_story_s.aspx?storyid=1109916091&storyid=1109916092",
        "https://menafn.com/qn_news_story_s.aspx?" + "&".join(["storyid"] * 300),
    ],
)
def test_what_is_no_story_has_no_id(link):
    assert story_id(link) is None


@pytest.mark.parametrize(
    "link",
    [
        "https://menafn.com@evil.example/1109916091/x",
        "https://user:secret@menafn.com/1109916091/x",
        "https://menafn.com.evil.example/1109916091/x",
        "https://evil.example/menafn.com/1109916091/x",
        "https://menafn.com:8443/1109916091/x",
        "https://menafn.com:99999/1109916091/x",
        "https://menafn.com:0/1109916091/x",
        "http://127.0.0.1/1109916091/x",
        "http://[::1]/1109916091/x",
        "http://[menafn.com/1109916091/x",
        "//evil.example/1109916091/x",
        "https://menafn.com//evil.example/1109916091/x",
        "https:\\\\menafn.com\\1109916091\\x",
        "https://evil.example\\@menafn.com/1109916091/x",
        "https://menafn.com/1109916091/x\r\nHost: evil.example",
        "https://menafn.com/1109916091/x\x00",
        "https://men\tafn.com/1109916091/x",
        "https://men\u0430fn.com/1109916091/x",
        "https://\uff4denafn.com/1109916091/x",
        "https://xn--menfn-3ve.com/1109916091/x",
        "https://menafn.com./1109916091/x",
        "https://menafn.com/a/../1109916091/x",
        "https://menafn.com/%2e%2e/1109916091/x",
        "ftp://menafn.com:80/1109916091/x",
        "javascript:location='https://menafn.com/1109916091/x'",
        "https://menafn.com/1109916091/" + "x" * 10_000,
    ],
)
def test_a_hostile_address_never_counts_as_the_sites(link):
    assert canonical_url(link) is None
    assert story_id(link) is None


def test_only_the_base_host_itself_counts_as_the_sites():
    # U+212A, the Kelvin sign, is a k once in lower case.
    assert canonical_url("http://\u212auna.example/", base_url="http://kuna.example") is None
    assert canonical_url("http://KUNA.example/", base_url="http://kuna.example")
    assert canonical_url(f"{BASE}/x", base_url=BASE)
    assert canonical_url("http://127.0.0.1:22/x", base_url=BASE) is None


@pytest.mark.parametrize(
    "link",
    [
        "https://menafn.com/mobile/WebAPI/getnews/getstory/1109916091",
        "http://www.menafn.com/mobile/webapi/GetNews/GetStory/1109916091/",
        f"{BASE}/mobile/WebAPI/getnews/getstory/1109916091",
    ],
)
def test_an_address_of_the_json_interface_names_its_story_and_never_is_its_address(link):
    assert story_id(link, base_url=BASE) == 1109916091
    assert story_url(link, BASE) == "https://menafn.com/1109916091/"


def test_addresses_of_the_json_interface_differ_from_pages():
    story = interface_story_url(1109916091)
    assert story == "https://menafn.com/mobile/WebAPI/getnews/getstory/1109916091"
    assert canonical_url(story) == story
    assert is_interface_story(story)
    assert not is_interface_story(CANONICAL)
    assert not is_interface_story(interface_section_url("MobileEN_Home", 1))


@pytest.mark.parametrize(
    "path",
    [
        "/mobile/WebAPI/getnews/getstory/110991609",
        "/mobile/WebAPI/getnews/getstory/1109916091/x",
        "/mobile/WebAPI/getnews/getstory/",
        "/mobile/WebAPI/getnews/getsection/1109916091-1",
        "/x/mobile/WebAPI/getnews/getstory/1109916091",
    ],
)
def test_what_only_looks_like_the_json_interface_names_no_story(path):
    assert story_id(f"https://menafn.com{path}") is None


def test_a_listing_keeps_its_query_and_loses_its_fragment():
    assert canonical_url("http://www.menafn.com/qn_country.aspx?country=SA&src=header#top") == (
        "https://menafn.com/qn_country.aspx?country=SA&src=header"
    )


def test_a_relative_link_is_read_against_its_page():
    page = "https://menafn.com/qn_country.aspx?country=SA&src=header"
    assert canonical_url("?country=SA&page=2", page=page) == (
        "https://menafn.com/qn_country.aspx?country=SA&page=2"
    )


def test_what_grows_too_long_by_encoding_is_refused():
    assert canonical_url("/1109916091/" + "م" * (MAX_ADDRESS_CHARS // 2)) is None


def test_an_address_is_dialled_at_the_base():
    assert dial_url(CANONICAL, f"{BASE}/") == f"{BASE}/1109916091/Harbour-Talks-Resume"


def test_a_base_in_a_folder_comes_off_again():
    base = "http://mirror.example/menafn/"
    dialled = dial_url(CANONICAL, base)
    assert dialled == "http://mirror.example/menafn/1109916091/Harbour-Talks-Resume"
    assert canonical_url(dialled, base_url=base) == CANONICAL


def test_only_a_canonical_address_is_dialled():
    with pytest.raises(ValueError, match="not a canonical address"):
        dial_url("https://menafn.com.evil.example/", BASE)


@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("/rss/menafn_Saudi_Arabia.xml", "Saudi_Arabia"),
        ("/rss/energy.xml", "energy"),
        ("/qn_news_sections.aspx?src=c&country=ArabWorld", "ArabWorld"),
        ("/qn_country.aspx?country=SA&src=header", "SA"),
        ("/qn_news_sections.aspx?src=s", "qn_news_sections"),
        ("/mobile/WebAPI/getnews/getsection/MobileEN_Politics-1", "Politics"),
        ("/mobile/WebAPI/getnews/getsection/MobileEN_Politics-12", "Politics"),
        ("/mobile/WebAPI/getnews/getsection/Mobile_BusinessAndEconomy", "BusinessAndEconomy"),
    ],
)
def test_a_listing_is_named_by_its_address(path, section):
    assert section_name(f"https://menafn.com{path}") == section


@pytest.mark.parametrize(
    "host",
    ["localhost", "LocalHost.", "127.0.0.1", "127.9.8.7", "10.0.0.8", "172.16.4.4", "192.168.1.1",
     "169.254.0.7", "169.254.169.254", "::1", "fd00::12", "fd00:ec2::254", "fe80::1%eth0",
     "100.64.0.1", "100.100.100.200", "0.0.0.0", "255.255.255.255", "224.0.0.1", "239.1.2.3",
     "240.0.0.1", "198.18.0.1", "192.0.2.1", "::", "::ffff:127.0.0.1", "::ffff:100.64.0.1",
     "::ffff:0:127.0.0.1", "::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b::10.0.0.1",
     "64:ff9b:1::8.8.8.8", "2002:7f00:1::", "2002:6464:64c8::1", "2001:0:4136:e378:0:0:80ff:fffe",
     "fec0::1", "ff02::1", "ff0e::1", "2001:db8::1", "5f00::1",
     "127.1", "127.0.1", "2130706433", "0x7f.1", "0x7f000001", "0177.0.0.1", "017700000001",
     "10.8", "0", "0xa9fea9fe", "127.0.0.1.", "127.1.", "foo.localhost", "a.b.LOCALHOST.",
     "localhost."],
)  # fmt: skip
def test_loopback_and_private_addresses_are_local(host):
    assert is_local_host(host)


@pytest.mark.parametrize(
    "host",
    ["menafn.com", "www.menafn.com", "menafn.com.", "8.8.8.8", "100.63.255.255", "100.128.0.1",
     "223.255.255.254", "2606:4700::1111", "::ffff:8.8.8.8", "::ffff:0:8.8.8.8", "64:ff9b::8.8.8.8",
     "2002:808:808::1", "134744072", "0x8.0x8.2056", "8.8.2056", "localhost.menafn.com",
     "127.0.0.1.menafn.com", "mylocalhost", "localhost.com", "127.0.0.256", "0x7g.1", "4294967296",
     "1.2.3.4.5", "intranet", "m\xe9nafn.com", ""],
)  # fmt: skip
def test_any_other_name_or_address_is_public_and_not_looked_up(host):
    assert not is_local_host(host)
