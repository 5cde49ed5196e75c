"""Who said what: the quotations of an article whose speaker the text leaves in no doubt.

A quotation stands between straight, curly or angle marks, and may go on over paragraphs. Its
speaker is a name next to a verb of speech: right before or behind the quotation, at the head of its
sentence, or behind the part of the same speech that comes first. Pronouns and offices without a
name are nobody, words in doubtful marks and titles are no speech, and a paragraph whose marks don't
pair gives nothing.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tasks.core.records import Article, EntityType, Mention, Part
from tasks.entities import arabic_quotes
from tasks.entities.tokenizer import sentence_starts

_CLOSING = {"“": "”", "«": "»", '"': '"'}
_MARKS = re.compile('["“”«»]')
_MIN_WORDS = 3  # of words quoted within a sentence; fewer are a term in doubtful marks
_MAX_SUBJECT = 80  # code points of what stands before or behind a name in its clause
_MAX_CLAUSE = 160  # from the verb to words that are quoted within its sentence

_VERBS = (
    "said|says|stated|states|added|adds|noted|notes|explained|stressed|warned|announced|declared|"
    "insisted|argued|claimed|commented|remarked|complained|confirmed|emphasi[sz]ed|observed|"
    "continued|concluded|recalled|replied|wrote|tweeted|admitted|acknowledged|affirmed|asserted|"
    "reiterated|joked|asked|answered|promised|pledged|vowed|lamented|advised|quipped|testified"
)
_SAID = re.compile(rf"\b(?:{_VERBS}|told|tells|called|described|pointed out|[Aa]ccording to)\b")
_INVERTED = re.compile(rf"\s*,?\s*(?:(?:{_VERBS})|according to)\s+(?=\S)")
# What may stand between a name and its verb: an addition, a clause in commas, an adverb.
_BEHIND_NAME = re.compile(
    rf"(?:\s+(?:of|from|at)\s+[^,.;:\n]{{1,60}}?|\s*,[^.;:\n]{{1,{_MAX_SUBJECT}}}?,)?"
    r"(?:\s+(?:also|then|later|further|had|has|himself|herself|earlier|once))*"
    rf"\s+(?:{_VERBS}|told|tells|called|described|pointed out)\b"
)
_PRONOUN = re.compile(rf"\s*,?\s*(?:he|she)\s+(?:also\s+)?(?:{_VERBS}|told)\b")
# A name that ends such words is not the one who speaks.
_NOT_SUBJECT = re.compile(
    r"(?:\b(?:of|for|to|with|in|at|by|from|and|or|on|about|against|behind|after|before|near|than|"
    r"like|as|under|over|told|that)|['\u2019]s?)\s*$|"
    r"\b(?:wife|husband|widow|son|daughter|brother|sister|father|mother|friend|lawyer|aide|"
    r"advis[eo]r|spokes\w+|source|assistant|relative|attorney|representative|colleague|critics?)\s"
    r"(?:of|for|to)\s(?!(?:two|three|four|five|six|seven|eight|nine|ten|\d))",
    re.IGNORECASE,
)
_BODY_SUBJECT = re.compile(r"(?:^|,)\s*(?:the\s+)?$", re.IGNORECASE)
_BODY_END = re.compile(r"\s*(?:[.,;]|$)|\s(?:in|on|at|during|after|late|earlier)\b")
_TITLE_BEFORE = re.compile(
    r"\b(?:called|titled|entitled|named|dubbed|known as|themed?|slogan|motto|song|film|movie|book|"
    r"novel|series|album|program(?:me)?|play|hashtag|word|term|phrase|so-called|headlined|campaign|"
    r"initiative|project|exhibition|conference|forum|summit|award|painting|report|study|under the|"
    r"poem|documentary|magazine|newspaper|headline)\s*[:,]?\s*$|"
    r"(?:كتاب|فيلم|رواية|بعنوان|شعار|مسرحية|صحيفة|قناة|جائزة|مبادرة|مشروع|حملة|برنامج|مهرجان|معرض|"
    r"مؤتمر|منتدى|أغنية|مسلسل|باسم|يسمى|يعرف ب|المسمى|المسماة|لوحة|قصيدة|تطبيق|منصة|سفينة)\w*\s*$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Quote:
    """One quotation of an article's body."""

    article_id: int
    body_sha256: str  # of the body it was found in, so that a revised text drops it
    quote_number: int  # in the article, from 1
    start_char: int  # code point in the body, behind the opening mark
    end_char: int  # one past the last, a comma before the closing mark left out
    surface: str  # as printed, with the marks that open its further paragraphs
    sentence_number: int  # of the body, from 1, in which it starts
    speaker: str  # the name as printed; in Arabic with the office
    entity_id: str | None  # who that is, where the name was recognised


class _Quotation(NamedTuple):
    """What stands between two marks: its code points without the marks, and its surroundings."""

    start: int
    end: int
    floor: int  # where the text before it starts: its paragraph, or the quotation before
    ceiling: int  # where the text behind it ends


class Speaker(NamedTuple):
    """Who speaks."""

    name: str
    entity_id: str | None


def find_quotes(article: Article, mentions: Sequence[Mention]) -> list[Quote]:
    """The quotations of an article's body that have a certain speaker, in order.

    Speakers of English text are among the mentions, the article's own; other languages than
    English and Arabic have no quotations.
    """
    body = article.body
    quotes: list[Quote] = []
    if article.language not in ("en", "ar") or not _MARKS.search(body):
        return []
    starts = sentence_starts(body)
    names = [one for one in mentions if one.part is Part.BODY and one.type is not EntityType.PLACE]
    last: tuple[_Quotation, Speaker] | None = None
    for one in _find_quotations(body):
        clauses = _Clauses(body, one, starts, names)
        speaker = clauses.arabic_speaker() if article.language == "ar" else clauses.speaker(last)
        last = (one, speaker) if speaker else None
        if speaker:
            end = one.start + len(body[one.start : one.end].rstrip(" ,،"))
            quotes.append(
                Quote(
                    article_id=article.article_id,
                    body_sha256=article.body_sha256,
                    quote_number=len(quotes) + 1,
                    start_char=one.start,
                    end_char=end,
                    surface=body[one.start : end],
                    sentence_number=bisect_right(starts, one.start),
                    speaker=speaker.name,
                    entity_id=speaker.entity_id,
                )
            )
    return quotes


def _find_quotations(body: str) -> Iterator[_Quotation]:
    """What stands between marks that pair; a paragraph may leave its last one to the next."""
    position, opened, pending = 0, "", 0
    for paragraph in body.split("\n"):
        end = position + len(paragraph)
        marks = [match.start() for match in _MARKS.finditer(body, position, end)]
        if opened and not paragraph.startswith(opened):
            opened = ""
        pairs: list[tuple[int, int]] = []
        is_sound = True
        for mark in marks:
            if opened and mark == position:
                continue  # the mark that opens each further paragraph of one quotation
            if opened and body[mark] == _CLOSING[opened]:
                pairs.append((pending, mark))
                opened = ""
            elif not opened and body[mark] in _CLOSING and _may_open(body, mark):
                opened, pending = body[mark], mark + 1
            else:
                is_sound = False
        for index, (start, close) in enumerate(pairs if is_sound else ()):
            text = body[start:close]
            if text.strip() and not ("\n" in text and _SAID.search(text)):
                floor = pairs[index - 1][1] + 1 if index else body.rfind("\n", 0, start) + 1
                ceiling = pairs[index + 1][0] - 1 if index + 1 < len(pairs) else end
                yield _Quotation(start, close, floor, ceiling)
        if not is_sound:
            opened = ""
        position = end + 1


def _may_open(body: str, mark: int) -> bool:
    has_gap = not body[mark - 1 : mark].strip(" \n([-\u2013\u2014:")
    return body[mark] != '"' or (has_gap and bool(body[mark + 1 : mark + 2].strip()))


class _Clauses:
    """The clauses round a quotation in English, and the names in them."""

    def __init__(
        self, body: str, one: _Quotation, starts: Sequence[int], names: Sequence[Mention]
    ) -> None:
        self._text = body[one.start : one.end]
        self._one = one
        self._body = body
        first = starts[max(bisect_right(starts, one.start - 1) - 1, 0)]
        self._lead_start = max(one.floor, first)
        self._lead = body[self._lead_start : one.start - 1]
        self._clause_start = one.end + 1
        behind = body[one.end + 1 : one.ceiling]
        # A mark of exclamation ends a sentence where `said X` goes on with it.
        number = bisect_right(starts, one.end + 1 + len(behind) - len(behind.lstrip(" ,")))
        end = starts[number] if number < len(starts) else len(body)
        self._clause = body[one.end + 1 : min(end, one.ceiling)].rstrip()
        self._names = names
        self._is_within = bool(self._lead.strip()) and self._lead.rstrip()[-1] not in ":,،"

    def speaker(self, last: tuple[_Quotation, Speaker] | None) -> Speaker | None:
        """The speaker; `last` is the quotation before this one, where that has one."""
        if not self._is_speech():
            return None
        found = self._behind() or self._before()
        if found is None and last and last[0].end < self._one.floor:
            return self._second_part_of(*last)
        return found

    def arabic_speaker(self) -> Speaker | None:
        """The speaker of a text in Arabic."""
        if not self._is_speech():
            return None
        name = arabic_quotes.find_speaker(self._lead, self._clause, is_within=self._is_within)
        return Speaker(name, None) if name else None

    def _is_speech(self) -> bool:
        words = self._text.split()
        capitals = sum(word[0].isupper() for word in words[1:])
        reads_as_speech = len(words) >= _MIN_WORDS and capitals * 2 < len(words)
        return not _TITLE_BEFORE.search(self._lead) and (reads_as_speech or not self._is_within)

    def _behind(self) -> Speaker | None:
        """`"...," said X`, `"...," X said` or `"...," according to X`."""
        clause, start = self._clause, self._clause_start
        names = self._names_in(start, start + len(clause))
        if match := _INVERTED.match(clause):
            for one in names:
                gap = clause[match.end() : one.start_char - start]
                rest = clause[one.end_char - start :]
                if re.search(r"[,;:()]", gap) or rest.startswith(("'s", "\u2019s")):
                    return None
                if one.type is EntityType.PERSON:
                    is_joint = re.match(r"\s+(?:and|or)\s", rest)
                    is_other = _NOT_SUBJECT.search(gap) or len(gap) > _MAX_SUBJECT
                    return None if is_joint or is_other else _speaker_of(one)
                if gap in ("", "the ") and _BODY_END.match(rest):
                    return _speaker_of(one)
            return None
        if self._text.rstrip()[-1] in ",?!\u2026\u2013\u2014" or clause.startswith(","):
            for one in names:
                gap = clause[: one.start_char - start].lstrip(" ,")
                if _is_subject(one, gap, clause[one.end_char - start :], is_statement=False):
                    return _speaker_of(one)
                if one.type is EntityType.PERSON:
                    break
        return None

    def _before(self) -> Speaker | None:
        """`X said: "..."`, `X said that ... "..."` or `According to X, ... "..."`."""
        lead, start = self._lead, self._lead_start
        verbs = list(_SAID.finditer(lead))
        if len(verbs) != 1 or len(lead) - verbs[0].end() > _MAX_CLAUSE:
            return None
        verb, rest = verbs[0], lead[verbs[0].end() :]
        names = self._names_in(start, start + len(lead))
        if re.search(r"[;:]", rest if self._is_within else rest.rstrip()[:-1]):
            return None
        if verb[0].lower() == "according to":
            gap = rest[: names[0].start_char - start - verb.end()] if names else ","
            is_source = not (lead[: verb.start()].strip() or "," in gap or _NOT_SUBJECT.search(gap))
            return _speaker_of(names[0]) if is_source and "," in rest[len(gap) :] else None
        for one in names:
            gap = lead[: one.start_char - start]
            behind = lead[one.end_char - start : verb.end()]
            if _is_subject(one, gap, behind, is_statement=True):
                return _speaker_of(one)
        return None

    def _second_part_of(self, last: _Quotation, speaker: Speaker) -> Speaker | None:
        """The second part of `"...," X said. "..."`, where nobody else is between them."""
        between = self._body[last.end + 1 : self._one.start - 1]
        if "\n" in between or self._one.floor != last.end + 1:
            return None
        others = {
            one.surface
            for one in self._names_in(last.end, self._one.start)
            if one.type is EntityType.PERSON or one.entity_id == speaker.entity_id
        }
        verbs = _SAID.findall(between)
        is_sentence = between.rstrip()[-1:] in (".", ",", ":")
        is_attributed = self._text.rstrip()[-1:] in (",", "?", "!") and self._clause.strip(" ,.")
        if is_attributed and not _PRONOUN.match(self._clause):
            return None
        if others - {speaker.name} or len(verbs) != 1:
            return None
        if is_sentence and (others or _PRONOUN.match(between)):
            return speaker
        return speaker if re.search(r", adding (?:that )?[^,;:]*$", between) else None

    def _names_in(self, start: int, end: int) -> list[Mention]:
        return [one for one in self._names if start <= one.start_char and one.end_char <= end]


def _is_subject(one: Mention, gap: str, rest: str, *, is_statement: bool) -> bool:
    """Whether a name is what the verb behind it has as its subject, by the words around it."""
    if gap.endswith(", ") and rest.startswith(","):  # `the minister, X, said`
        gap, rest = gap.removesuffix(", "), rest.removeprefix(",")
    verb = _BEHIND_NAME.match(rest)
    if not verb or len(gap) > _MAX_SUBJECT or re.search(r"[;:()]", gap):
        return False
    if not is_statement and (re.match(r"\s+that\b", rest[verb.end() :]) or "," in gap):
        return False
    if one.type is EntityType.PERSON:
        return not _NOT_SUBJECT.search(gap) and not _SAID.search(gap)
    return bool(_BODY_SUBJECT.search(gap)) and " of " not in verb[0] and "," not in verb[0]


def _speaker_of(one: Mention) -> Speaker:
    return Speaker(one.surface, one.entity_id)
