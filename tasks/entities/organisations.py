"""Organisations that are known by name: what each is called and where it belongs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter

from tasks.entities.phrase_matcher import PhraseMatcher
from tasks.entities.tokenizer import Sentence

_SHORTEST_IN_TITLE_CASE = 4  # headlines print "Adnoc" and "Opec", but "Who" is no acronym


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """One organisation of the curated table.

    Attributes:
        name: the name it goes by here; a ministry's carries its country in brackets.
        aliases: other names in Latin letters that can mean nothing else.
        doubtful: names, its own perhaps among them, that are words or other bodies' names too.
        acronym: the initials that copy uses.
        arabic_name: its own Arabic name.
        country_code: ISO 3166-1 alpha-2 of its seat, `None` for what belongs to no country.
        ticker: `EXCHANGE:SYMBOL` of its share.
        kind: what it is: ministry, bank, airline ...
    """

    name: str
    aliases: tuple[str, ...]
    doubtful: tuple[str, ...]
    acronym: str | None
    arabic_name: str | None
    country_code: str | None
    ticker: str | None
    kind: str

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by in Latin letters."""
        acronym = (self.acronym,) if self.acronym else ()
        return tuple(dict.fromkeys((self.name, *self.aliases, *self.doubtful, *acronym)))


class OrganisationIndex:
    """The curated organisations by name.

    Args:
        organisations: every row of the table.
    """

    __slots__ = ("_acronyms", "_every", "_sure")

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        known = tuple(organisations)
        named = [(name, each) for each in known for name in each.names]
        sure = [(name, each) for name, each in named if name not in each.doubtful]
        self._every = PhraseMatcher(named)
        self._sure = PhraseMatcher(pair for pair in sure if not _is_acronym(pair[0]))
        self._acronyms = _as_printed(pair for pair in sure if _is_acronym(pair[0]))

    def named(self, name: str) -> tuple[Organisation, ...]:
        """The organisations that go by a name, doubtful names included."""
        return self._every.meanings(name)

    def matches(self, sentence: Sentence) -> list[tuple[int, int, tuple[Organisation, ...]]]:
        """Names in a sentence that can only be an organisation's.

        Returns:
            First word, one past the last, and the organisations of that name; in order.
        """
        names = list(self._sure.matches(sentence))
        words, acronyms = sentence.words, self._acronyms
        short = [index for index in sentence.openings if words[index] in acronyms]
        if not short:
            return names
        covered = {index for start, end, _ in names for index in range(start, end)}
        names += [(at, at + 1, acronyms[words[at]]) for at in short if at not in covered]
        return sorted(names, key=itemgetter(0))


def _is_acronym(name: str) -> bool:
    return name.isalnum() and name.isupper()


def _as_printed(
    pairs: Iterable[tuple[str, Organisation]],
) -> Mapping[str, tuple[Organisation, ...]]:
    """Acronyms by the very letters they are printed in, since `Who` is not `WHO`."""
    found: dict[str, tuple[Organisation, ...]] = {}
    for acronym, organisation in pairs:
        forms = [acronym]
        if len(acronym) >= _SHORTEST_IN_TITLE_CASE:
            forms.append(acronym.capitalize())
        for form in forms:
            found[form] = (*found.get(form, ()), organisation)
    return found
