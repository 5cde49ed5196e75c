"""Invented people and how copy names them: title and full name first, later the surname."""

from random import Random

from tests.facsimile.newsroom.grammar import pick

_FEMALE_SHARE = 0.3
_PRONOUNS = {"he": "she", "him": "her", "his": "her"}

# Culture: men's given names, women's given names, family names.
_NAMES = {
    "gulf": (
        ("Khalid Nasser Bader Faisal Mansour Rashid Hamad Salem Yousef Abdulrahman Talal Mubarak "
        "Waleed Saud Majed Jassim Turki Abdulaziz Essa Fahad"),
        "Noura Maryam Hessa Latifa Shaikha Amal Moza Dalal Reem Badria",
        ("Al-Harmali Al-Duraibi Al-Rumaizan Al-Qahmi Al-Sarhudi Al-Mutlaqi Al-Obaidli Al-Zarouni "
        "Al-Hajiri Al-Bustami Al-Nuwaisri Al-Khoraimi Al-Shatiri Al-Gharabi Al-Mazyadi Al-Dosimi "
        "Al-Wahaimi Al-Rifaei Al-Tamrani Al-Suwaifi Al-Basmi Al-Humaidhi Al-Jaseri Al-Lahdani"),
    ),
    "levant": (
        ("Omar Rami Tareq Nabil Samir Ziad Hussein Elias Fadi Karim Bassam Marwan Ayman Haidar "
        "Laith Murad Ghassan Anwar"),
        "Rania Dina Lama Hanan Suha Nadine Zeina Abeer Maysoon Rula",
        ("Sarrouf Haddawi Qubaisi Nimri Al-Zubaydi Barakji Tarawni Khalayfeh Shamoun Jarradat "
        "Al-Rubaiawi Mahfoudh Daghestani Kassabri Al-Janahi Saliba-Nader Hourieh Masarweh "
        "Al-Tikmani Abu-Sneid Fakhreddin Ghantous Dabbour"),
    ),
    "nile": (
        "Ahmed Mahmoud Hossam Sherif Tamer Ashraf Hany Mostafa Adel Yasser Kamal Osman Amgad",
        "Mona Heba Dalia Sahar Nihal Amira Iman Ghada",
        ("El-Sharnoubi Abdel-Wareth Mekkawi Gadallah El-Bastawisy Fahmawy Zaghari Hegazin Shalakani "
        "El-Tohamy Nasrallawi Badrakhan Abdel-Moghni El-Damaty Rizqallah Osmanov-Bey Tageldin "
        "Hamdoun El-Khawagi Idrisani"),
    ),
    "maghreb": (
        "Youssef Rachid Hicham Mehdi Abdelkader Sofiane Karim Nizar Anis Brahim Othmane Larbi",
        "Samira Nawal Leïla Houda Ikram Sonia Meriem Asma",
        ("Benhaddou Tazerout Belmiloud Ouazzari Bensaïdane Cherkaouni Meziani-Kaci Boulakhras "
        "Guedirat Lahrizi Zerhoun Trabelkhi Ben Amrane Hamrouchi Sebbahi Amezouar Khelifati Jebrani"),
    ),
    "turkish": (
        "Mehmet Emre Kerem Onur Selim Hakan Orhan Tolga Barış Cemal Levent",
        "Elif Zeynep Aylin Derya Gülsüm Nilay Sevgi",
        ("Karadoğan Tuncalı Özyörük Sarpkaya Demirtunç Aksuoğlu Yelkenci Balkır Günaçtı Taşkıranlı "
        "Kocabıyıkoğlu Erdinçer Soylugil Çağlarca Tepedelen"),
    ),
    "persian": (
        "Reza Behrouz Kamran Farhad Siavash Mehran Dariush Hamid",
        "Parisa Nasrin Shirin Leila Mahnaz",
        ("Golshani-Rad Moradpour Tavakolian Ardestanizad Bahramnejad Kermanshahi Rostamifar Sohrabian "
        "Daneshyar Farrokhzadeh Zandiyeh Yazdanmehr"),
    ),
    "caucasus": (
        "Elchin Rauf Farid Anar Tural Giorgi Levan Kamran Vugar Nika",
        "Aysel Nigar Gunel Tamar Lala Nino",
        ("Babazadali Hajimuradov Quliyarli Sadigbeyli Mammadyarzade Rzaguliyev Tsereladze Kvarachidze "
        "Aghasiyev Nabiyarov Gurbanzali Ismayilbeyov Lomtadze Huseynguliyev"),
    ),
    "steppe": (
        "Nurlan Daulet Askar Timur Bakhtiyor Sanzhar Aibek Jasur",
        "Aigerim Dinara Saule Nodira Madina",
        ("Zhaksygulov Bekturganov Omarbayuly Tashmukhambet Kenzhegaliev Yuldoshbekov Rakhmatzoda "
        "Seitkazin Abdrakhimov Nurmagambekov"),
    ),
    "slavic": (
        "Andriy Taras Oleh Mykola Bohdan Serhiy Vadym Ihor Pavlo",
        "Olena Iryna Nataliia Oksana Kateryna Solomiia",
        ("Hrytsunenko Baidalyuk Vakulchenko Stepovyk Morhunets Zaderiychuk Kuryliak Petrashenko "
        "Dovbushko Luhovskyi Shcherbatiuk Yaremkiv Ostapovets Tkachivsky"),
    ),
    "indian": (
        "Arvind Suresh Rajesh Vikram Anil Deepak Manoj Sandeep Prakash",
        "Kavita Anjali Meera Sunita Lakshmi Pooja",
        ("Venkatraghavan Deshmukhe Chaturvani Nambisanth Kulkarnath Bhattarya Raghuvir Iyengari "
        "Pattnayakar Sodhiwal Mukherjani Thakkarwal Menonath Rathoria"),
    ),
    "pakistani": (
        "Imran Asif Bilal Faisal Kamran Tariq Shahid Zubair Rafiq",
        "Ayesha Sadia Nadia Farzana Rukhsana",
        ("Qureshani Bhattiwala Lodhizai Chaudhrani Mirzaguli Siddiqwal Hashmani Khattakzai Rahmanuddin "
        "Talukderi Gilanwal Soomrani"),
    ),
    "lankan": (
        "Nimal Ruwan Chaminda Sunil Asanka Roshan",
        "Dilani Shamali Nadeeka Anoma",
        ("Wijeratnage Gunasekarage Kariyawathna Abeysundera Dissanayakege Ratnapalage Hettigodage "
        "Samarathunga"),
    ),
    "malay": (
        "Azman Hafiz Rizal Budi Agus Zulkifli Eko Syafiq",
        "Siti Noraini Dewi Farah Ratna",
        ("Hardjosuwito Kamaruzain Suryadinoto Ismadi Baharumshah Prasetyawan Tengkurana Wibowarso "
        "Shamsulkamal Mohtarudin"),
    ),
    "vietnamese": (
        "Nguyễn|Trần|Lê|Phạm|Võ|Đặng",
        "",
        "Văn Thịnh-Bảo|Hữu Khôi Nguyên|Thị Ngọc Lan Chi|Quốc Tuấn Vỹ|Đình Phong Hải|Minh Hạnh Thảo",
    ),
    "chinese": (
        "Lin|Qiao|Shen|Tao|Xue|Fang|Ding|Yan",
        "",
        "Weiqingshan|Jianlu|Haoyun|Shuping|Zhenrui|Mingdao|Yaqiong|Leiting",
    ),
    "korean": (
        "Baek|Noh|Seok|Hwangbo|Ryu|Min",
        "",
        "Jun-tae|Hae-rim|Dong-il|Sang-woon|Yeon-ah|Ki-hwan",
    ),
    "african": (
        "Samuel Daniel Abebe Chidi Kwame Joseph Emeka Tesfaye Peter",
        "Grace Amina Wanjiru Ngozi Hiwot Fatuma",
        ("Oduyemiro Kiprotanui Wolde-Mikaelu Nwankwesi Achiengo Muthoniwa Gebreyohan Adeyanjuwa "
        "Otienduro Bekelewa Okonkwari Ndung’uro"),
    ),
    "western": (
        "Peter Andrew Martin Stephen Graham Oliver Colin Neil Ross",
        "Helen Claire Joanna Alison Margaret Fiona",
        ("Thornbury-Pike Wexcombe Hallowdale Pettigrove Marchmoor Lindqvister Ashgarth Tolliver-Dane "
        "Brackenhurst Colefax Dunmorrow Everslade Fenwether Garsdale Holmbridge"),
    ),
    "german": (
        "Jürgen Matthias Stefan Lukas Günther Ralf Björn",
        "Anke Sabine Katrin Ulrike Jana",
        ("Weißbrodtner Hollmüller Kestenbach Rühlsdorf Brückmannsen Oberthaler Steinwegen Grünfeldt "
        "Zumbachner Altenröder"),
    ),
    "french": (
        "Étienne Laurent Olivier Benoît Thierry Gaël",
        "Hélène Amélie Sylvie Noémie Agnès",
        ("Delacombe Vauquelinot Rochebertin Marsaultier Bellegarde-Roux Tessonnier Aubrivière "
        "Chantereau Montfaucher"),
    ),
    "italian": (
        "Paolo Marco Giancarlo Stefano Davide",
        "Chiara Francesca Silvia Elisa",
        "Brandovelli Tarquinetti Montessauro Ferracuti-Lodi Castelbruno Pelligrotti Zanforlini",
    ),
    "spanish": (
        "Javier Álvaro Rodrigo Tomás Raúl Thiago João",
        "Lucía Beatriz Inês Marisol Conceição",
        ("Valdecañas-Ríos Monteagudez Figueiralva Sotomarín Carvalhedo Quintanares Arrojal Magalhosa "
        "Peñarrubia"),
    ),
}  # fmt: skip


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split("|") if "|" in text else text.split())


_POOLS = {
    culture: (_words(men), _words(women), _words(families.replace("Ben Amrane", "Ben-Amrane")))
    for culture, (men, women, families) in _NAMES.items()
}


class Person:
    """Someone in a story, named in full with a title at first and by surname afterwards.

    Args:
        rng: settles how the person is named each time.
        title: what precedes the full name ("Minister of Finance").
        name: the full name.
        surname: the name used later.
        is_female: which pronoun is used.
        role: what the person may be called later instead ("the minister").
    """

    __slots__ = ("introduced", "is_female", "name", "rng", "role", "surname", "title")

    def __init__(
        self, rng: Random, *, title: str, name: str, surname: str, is_female: bool, role: str
    ) -> None:
        self.rng = rng
        self.title = title
        self.name = name
        self.surname = surname
        self.is_female = is_female
        self.role = role
        self.introduced = False

    def say(self, form: str) -> str:
        """Return how the person is called.

        Forms: none (full at first, short later), `short`, `name`, `role`, `he`, `him`, `his` and
        `'s`.
        """
        if form in _PRONOUNS:
            return _PRONOUNS[form] if self.is_female else form
        if form == "short":
            return self.surname
        if form == "role":
            return self.role
        if form == "name":
            self.introduced = True
        called = self.name if form == "name" else self._called()
        if form == "'s":
            return f"{called}’" if called.endswith("s") else f"{called}’s"
        return called

    def _called(self) -> str:
        if not self.introduced:
            self.introduced = True
            return f"{self.title} {self.name}".lstrip()
        return self.surname if self.rng.random() < 0.8 or not self.role else self.role


def person(rng: Random, culture: str, *, title: str, role: str = "") -> Person:
    """Return a new person of a culture's names."""
    men, women, families = _POOLS[culture]
    is_female = bool(women) and rng.random() < _FEMALE_SHARE
    if not women:  # family name first
        surname = pick(rng, men)
        return Person(
            rng,
            title=title,
            name=f"{surname} {pick(rng, families)}",
            surname=surname,
            is_female=False,
            role=role,
        )
    surname = pick(rng, families)
    given = pick(rng, women if is_female else men)
    return Person(
        rng, title=title, name=f"{given} {surname}", surname=surname, is_female=is_female, role=role
    )
