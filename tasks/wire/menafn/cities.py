"""Cities that agencies report from, to tell a bare dateline ("Doha: ") from a heading."""

import unicodedata

_ENGLISH = """
Abu Dhabi, Abuja, Accra, Addis Ababa, Aden, Ajman, Aleppo, Alexandria, Algiers, Amman,
Ankara, Aqaba, Ashgabat, Astana, Athens, Baghdad, Baku, Bangkok, Basra, Beijing, Beirut,
Belgrade, Bengaluru, Benghazi, Berlin, Bern, Bishkek, Brasilia, Brussels, Bucharest,
Budapest, Buenos Aires, Cairo, Canberra, Casablanca, Chennai, Chisinau, Colombo, Copenhagen,
Dakar, Damascus, Dammam, Davos, Dhahran, Dhaka, Djibouti, Doha, Dubai, Dublin, Dushanbe,
Erbil, Fujairah, Gaza, Geneva, Hanoi, Helsinki, Hong Kong, Hyderabad, Islamabad, Istanbul,
Izmir, Jakarta, Jeddah, Jerusalem, Johannesburg, Juba, Kabul, Kampala, Karachi, Kathmandu,
Khartoum, Kigali, Kolkata, Kuala Lumpur, Kuwait, Kuwait City, Kyiv, Lagos, Lahore, Lisbon,
London, Lusail, Luxembourg, Lviv, Madrid, Makkah, Male, Manama, Manila, Marrakech, Mecca,
Medina, Mexico City, Minsk, Mogadishu, Moscow, Mosul, Mumbai, Munich, Muscat, Nairobi, New
Delhi, New York, Nicosia, Nouakchott, Odesa, Oman, Oslo, Ottawa, Paris, Petra, Port Sudan,
Prague, Pretoria, Rabat, Ramallah, Ras Al Khaimah, Rio de Janeiro, Riyadh, Rome, Salalah,
Sanaa, Santiago, Sarajevo, Seoul, Sharjah, Singapore, Sofia, Srinagar, Stockholm, Sydney, São
Paulo, Taiz, Tashkent, Tbilisi, Tehran, Tel Aviv, The Hague, Tokyo, Toronto, Tripoli, Tunis,
Ulaanbaatar, United Nations, Vienna, Vilnius, Warsaw, Washington, Yerevan, Zagreb, Zurich
"""
_ARABIC = """
أبو ظبي, أبوظبي, أربيل, أنقرة, إسطنبول, الإسكندرية, البصرة, الجزائر, الخرطوم, الدار البيضاء,
الدمام, الدوحة, الرباط, الرياض, الشارقة, العقبة, القاهرة, القدس, الكويت, المدينة المنورة,
المنامة, الموصل, باريس, باكو, بروكسل, بغداد, بكين, بنغازي, بيروت, تونس, جدة, جنيف, حلب, دبي,
دمشق, رام الله, روما, صنعاء, طرابلس, طهران, عدن, عمان, عمّان, غزة, فيينا, لندن, مدريد, مسقط,
مكة المكرمة, موسكو, نواكشوط, نيودلهي, نيويورك, واشنطن
"""


def _folded(name: str) -> str:
    """A name in one case, without the accents that some printings have and others lack."""
    letters = unicodedata.normalize("NFKD", " ".join(name.split()).casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_CITIES = frozenset(
    _folded(name) for names in (_ENGLISH, _ARABIC) for name in names.replace("\n", " ").split(",")
)


def is_city(name: str) -> bool:
    """Whether a name, in any case and with or without accents, is that of such a city."""
    return _folded(name) in _CITIES
