"""Where the wire lists its stories: feeds and listing pages, as paths of the site."""

_FEED_NAMES = (
    "Algeria", "Bahrain", "Egypt", "Iraq", "Jordan", "Kuwait", "Lebanon", "Morocco", "Oman",
    "Palestine", "Qatar", "Saudi_Arabia", "Syria", "Tunisia", "Turkey", "UAE", "Yemen",
)  # fmt: skip

COUNTRY_FEEDS = tuple(f"/rss/menafn_{name}.xml" for name in _FEED_NAMES)
"""The 17 country feeds, spelled as the site spells them."""

ARABIC_FEED = "/rss/menafn_menatopstoriesar.xml"
"""Top stories in Arabic, in UTF-16; seen once, so not polled by default."""

_REGIONS = ("Americas", "Europe", "ArabWorld", "Asia", "Africa")
_COUNTRIES = (
    "SA", "AE", "BH", "QA", "KW", "JO", "OM", "EG", "LB", "IQ", "PS", "SY", "TN", "DZ", "MA", "YE",
)  # fmt: skip

LISTING_PAGES = (
    "/qn_news_sections.aspx?src=s",
    *(f"/qn_news_sections.aspx?src=c&country={region}" for region in _REGIONS),
    *(f"/qn_country.aspx?country={country}&src=header" for country in _COUNTRIES),
)
"""The section page, the five regions and the sixteen countries of the site's navigation."""

_MOBILE_SECTIONS = (
    "Home", "Politics", "Crypto", "Entertainment", "Sports", "Energy", "Health", "Telecom",
    "Business",
)  # fmt: skip

MOBILE_SECTIONS = (
    *(f"MobileEN_{name}" for name in _MOBILE_SECTIONS),
    "Mobile_BusinessAndEconomy",
)
"""The sections of the JSON interface, as the site's mobile application names them; no Arabic ones
are known."""
