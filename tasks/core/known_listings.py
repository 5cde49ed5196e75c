"""The feeds, listing pages and sections that the site is known to have, as paths."""

# The country feeds, spelled as the site spells them.
_FEED_NAMES = (
    "Algeria", "Bahrain", "Egypt", "Iraq", "Jordan", "Kuwait", "Lebanon", "Morocco", "Oman",
    "Palestine", "Qatar", "Saudi_Arabia", "Syria", "Tunisia", "Turkey", "UAE", "Yemen",
)  # fmt: skip
COUNTRY_FEEDS = tuple(f"/rss/menafn_{name}.xml" for name in _FEED_NAMES)

# Top stories in Arabic, in UTF-16; seen once, so not polled by default.
ARABIC_FEED = "/rss/menafn_menatopstoriesar.xml"

# The section page, the five regions and the sixteen countries of the site's navigation.
_REGIONS = ("Americas", "Europe", "ArabWorld", "Asia", "Africa")
_COUNTRIES = (
    "SA", "AE", "BH", "QA", "KW", "JO", "OM", "EG", "LB", "IQ", "PS", "SY", "TN", "DZ", "MA", "YE",
)  # fmt: skip
LISTING_PAGES = (
    "/qn_news_sections.aspx?src=s",
    *(f"/qn_news_sections.aspx?src=c&country={region}" for region in _REGIONS),
    *(f"/qn_country.aspx?country={country}&src=header" for country in _COUNTRIES),
)

# Sections of the JSON interface, named as in the mobile application; no Arabic ones are known.
_MOBILE_SECTIONS = (
    "Home", "Politics", "Crypto", "Entertainment", "Sports", "Energy", "Health", "Telecom",
    "Business",
)  # fmt: skip
MOBILE_SECTIONS = (*(f"MobileEN_{name}" for name in _MOBILE_SECTIONS), "Mobile_BusinessAndEconomy")
