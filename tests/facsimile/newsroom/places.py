"""Where invented news happens: real countries and cities, as the country feeds group them."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@runtime_checkable
class Place(Protocol):
    """A country that copy in some language speaks of."""

    @property
    def feed(self) -> str | None:
        """The country feed that carries its news."""
        ...

    def is_in(self, text: str) -> bool:
        """Return whether a text speaks of it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country as copy speaks of it.

    Attributes:
        code: ISO 3166-1 alpha-2.
        name: as a sentence uses it ("the UAE").
        adjective: "Kuwaiti".
        capital: its seat of government.
        cities: its cities, the capital among them.
        culture: which pool its people's names come from.
        currency: as an amount is written ("KD").
        per_dollar: units of that currency to a dollar, about.
        exchange: its bourse, `None` where copy never speaks of it.
        ticker: the mark before a share's code ("ADX").
        feed: the country feed that carries its news, `None` where there is none.
    """

    code: str
    name: str
    adjective: str
    capital: str
    cities: tuple[str, ...]
    culture: str
    currency: str
    per_dollar: float
    exchange: str | None
    ticker: str
    feed: str | None

    def say(self, form: str) -> str:
        """Return the wording: the name, `short`, `adj`, `capital` or `'s`."""
        if form == "adj":
            return self.adjective
        if form == "capital":
            return self.capital
        if form == "short":
            return self.name.removeprefix("the ")
        if form == "'s":
            return f"{self.name}’" if self.name.endswith("s") else f"{self.name}’s"
        return self.name

    def is_in(self, text: str) -> bool:
        """Return whether a text speaks of the country, its people or its capital."""
        name = self.name.removeprefix("the ")
        return name in text or self.adjective in text or self.capital in text


def _country(line: str) -> Country:
    fields = [field.strip() for field in line.split("|")]
    code, name, adjective, cities, culture, currency, per_dollar, exchange, ticker, feed = fields
    names = tuple(city.strip() for city in cities.split(","))
    return Country(
        code=code,
        name=name,
        adjective=adjective,
        capital=names[0],
        cities=names,
        culture=culture,
        currency=currency,
        per_dollar=float(per_dollar),
        exchange=exchange or None,
        ticker=ticker,
        feed=feed or None,
    )


# The first city is the capital; the last field is the country feed, spelled as the wire spells it.
_ATLAS = """
KW|Kuwait|Kuwaiti|Kuwait City,Hawally,Jahra,Ahmadi,Salmiya,Farwaniya|gulf|KD|0.31|Boursa Kuwait|KSE|Kuwait
SA|Saudi Arabia|Saudi|Riyadh,Jeddah,Dammam,Tabuk,Abha,Jazan,Yanbu,Hail|gulf|SAR|3.75|the Saudi Exchange|TADAWUL|Saudi_Arabia
AE|the UAE|Emirati|Abu Dhabi,Dubai,Sharjah,Ras Al Khaimah,Fujairah,Al Ain|gulf|AED|3.67|the Abu Dhabi Securities Exchange|ADX|UAE
QA|Qatar|Qatari|Doha,Al Rayyan,Al Khor,Lusail,Al Wakrah|gulf|QR|3.64|the Qatar Stock Exchange|QSE|Qatar
BH|Bahrain|Bahraini|Manama,Muharraq,Riffa,Isa Town|gulf|BD|0.38|Bahrain Bourse|BHB|Bahrain
OM|Oman|Omani|Muscat,Salalah,Sohar,Nizwa,Duqm,Sur|gulf|OMR|0.385|the Muscat Stock Exchange|MSX|Oman
JO|Jordan|Jordanian|Amman,Zarqa,Irbid,Aqaba,Karak,Mafraq|levant|JD|0.71|the Amman Stock Exchange|ASE|Jordan
LB|Lebanon|Lebanese|Beirut,Tripoli,Sidon,Zahle,Tyre|levant|$|1|the Beirut Stock Exchange|BSE|Lebanon
SY|Syria|Syrian|Damascus,Aleppo,Homs,Latakia,Hama,Deir ez-Zor|levant|$|1|||Syria
PS|Palestine|Palestinian|Ramallah,Nablus,Hebron,Gaza City,Jenin,Bethlehem|levant|$|1|the Palestine Exchange|PEX|Palestine
IQ|Iraq|Iraqi|Baghdad,Basra,Erbil,Mosul,Kirkuk,Najaf,Sulaymaniyah|levant|$|1|the Iraq Stock Exchange|ISX|Iraq
YE|Yemen|Yemeni|Aden,Sana’a,Taiz,Mukalla,Hodeidah,Marib|gulf|$|1|||Yemen
EG|Egypt|Egyptian|Cairo,Alexandria,Ismailia,Aswan,Mansoura,Port Said,Luxor|nile|EGP|48|the Egyptian Exchange|EGX|Egypt
MA|Morocco|Moroccan|Rabat,Casablanca,Tangier,Marrakesh,Agadir,Fez|maghreb|MAD|9.6|the Casablanca Stock Exchange|CSE|Morocco
DZ|Algeria|Algerian|Algiers,Oran,Constantine,Annaba,Ouargla|maghreb|DZD|133|||Algeria
TN|Tunisia|Tunisian|Tunis,Sfax,Sousse,Gabès,Bizerte|maghreb|TND|3.1|the Tunis Stock Exchange|BVMT|Tunisia
TR|Turkey|Turkish|Ankara,Istanbul,Izmir,Mersin,Gaziantep,Trabzon|turkish|TRY|38|Borsa Istanbul|BIST|Turkey
SD|Sudan|Sudanese|Khartoum,Port Sudan,Kassala,Gedaref,Atbara|nile|$|1|||
LY|Libya|Libyan|Tripoli,Benghazi,Misrata,Sebha|maghreb|$|1|||
IR|Iran|Iranian|Tehran,Isfahan,Tabriz,Bandar Abbas,Shiraz|persian|$|1|||
AZ|Azerbaijan|Azerbaijani|Baku,Ganja,Sumgayit,Lankaran,Shaki|caucasus|AZN|1.7|||
KZ|Kazakhstan|Kazakh|Astana,Almaty,Aktau,Shymkent,Atyrau|steppe|KZT|500|||
UZ|Uzbekistan|Uzbek|Tashkent,Samarkand,Bukhara,Namangan|steppe|$|1|||
GE|Georgia|Georgian|Tbilisi,Batumi,Kutaisi,Poti|caucasus|GEL|2.7|||
UA|Ukraine|Ukrainian|Kyiv,Odesa,Lviv,Dnipro,Kharkiv,Zaporizhzhia,Chernihiv|slavic|UAH|41|||
IN|India|Indian|New Delhi,Mumbai,Kochi,Hyderabad,Chennai,Ahmedabad|indian|Rs|84|the National Stock Exchange|NSE|
PK|Pakistan|Pakistani|Islamabad,Karachi,Lahore,Peshawar,Quetta|pakistani|PKR|280|the Pakistan Stock Exchange|PSX|
LK|Sri Lanka|Sri Lankan|Colombo,Kandy,Galle,Jaffna,Trincomalee|lankan|LKR|300|the Colombo Stock Exchange|CSE|
BD|Bangladesh|Bangladeshi|Dhaka,Chattogram,Sylhet,Khulna|pakistani|BDT|120|||
MY|Malaysia|Malaysian|Kuala Lumpur,Penang,Johor Bahru,Kuching|malay|RM|4.4|Bursa Malaysia|KLSE|
ID|Indonesia|Indonesian|Jakarta,Surabaya,Medan,Makassar|malay|$|1|||
VN|Vietnam|Vietnamese|Hà Nội,Đà Nẵng,Hải Phòng,Cần Thơ|vietnamese|$|1|||
CN|China|Chinese|Beijing,Shanghai,Shenzhen,Qingdao,Urumqi|chinese|$|1|||
KR|South Korea|South Korean|Seoul,Busan,Incheon,Ulsan|korean|$|1|||
KE|Kenya|Kenyan|Nairobi,Mombasa,Kisumu,Eldoret|african|KES|129|||
NG|Nigeria|Nigerian|Abuja,Lagos,Kano,Port Harcourt|african|NGN|1500|||
ET|Ethiopia|Ethiopian|Addis Ababa,Dire Dawa,Hawassa,Mekelle|african|$|1|||
GB|the United Kingdom|British|London,Manchester,Aberdeen,Leeds,Cardiff|western|£|0.78|the London Stock Exchange|LSE|
DE|Germany|German|Berlin,Hamburg,München,Köln,Düsseldorf|german|€|0.92|the Frankfurt Stock Exchange|XETRA|
FR|France|French|Paris,Lyon,Marseille,Besançon,Orléans|french|€|0.92|Euronext Paris|EPA|
IT|Italy|Italian|Rome,Milan,Genoa,Trieste,Bari|italian|€|0.92|||
ES|Spain|Spanish|Madrid,Málaga,Valencia,Bilbao,Cádiz|spanish|€|0.92|||
BR|Brazil|Brazilian|Brasília,São Paulo,Santos,Belém,Florianópolis|spanish|R$|5.4|||
CH|Switzerland|Swiss|Bern,Zürich,Geneva,Lausanne,Basel|german|CHF|0.88|the SIX Swiss Exchange|SIX|
US|the United States|American|Washington,New York,Houston,Boston,Denver|western|$|1|Nasdaq|NASDAQ|
CA|Canada|Canadian|Ottawa,Toronto,Vancouver,Montréal,Calgary|western|C$|1.37|||
"""

COUNTRIES: dict[str, Country] = {
    country.code: country for country in map(_country, _ATLAS.strip().splitlines())
}

ARAB_GULF = ("KW", "SA", "AE", "QA", "BH", "OM")
FEED_CODES = tuple(country.code for country in COUNTRIES.values() if country.feed)
OIL_CODES = ("KW", "SA", "AE", "QA", "OM", "BH", "IQ", "DZ", "EG", "AZ", "KZ", "LY", "NG")
NEEDY_CODES = ("SD", "YE", "SY", "PS", "LB")
WORLD_CODES = tuple(COUNTRIES)
