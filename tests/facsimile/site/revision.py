"""A later state of a wire: some of its last stories with a new text at their old addresses."""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from random import Random
from typing import IO

from tests.facsimile.site.archive import WireArchive
from tests.facsimile.site.expected import article_row, as_line
from tests.facsimile.site.planner import Planner, Shape
from tests.facsimile.site.sheet import Sheet, sheet_of
from tests.facsimile.site.wire import Plan, Press, headline, story_answers
from tests.facsimile.story import Story

Revise = Callable[[Story], Story]


class Reviser:
    """Remembers the last stories of a wire as it prints them, and prints them anew.

    Only English stories are taken whose pages are good and print a time, so that all of an
    expected row but its sections can be known from the page alone.
    """

    def __init__(self, plan: Plan, most: int) -> None:
        self._plan = plan
        self._press = Press(plan)
        self._sheets: deque[Sheet] = deque(maxlen=most)

    def read(self, stories: Iterable[Story]) -> None:
        """Goes through the wire."""
        planner = Planner(self._plan.shape)
        for story in stories:
            random = Random(f"{self._plan.seed} {story.article_id}")
            sheet = planner.trapped(sheet_of(story), random)
            self._press.neighbours.add(headline(sheet))
            if sheet.reject is None and story.language == "en" and sheet.clock:
                self._sheets.append(sheet)

    def write(self, revise: Revise, archive: WireArchive, rows: IO[str]) -> int:
        """Archives the revised pages and writes what a reader must make of them.

        Returns:
            How many pages there are.
        """
        for sheet in self._sheets:
            random = Random(f"{self._plan.seed} {sheet.story.article_id} revised")
            revised = _revised(sheet, revise, random)
            for answer in story_answers(revised, self._press.print_page(revised, random)):
                archive.add(answer)
            rows.write(as_line(article_row(revised, [], has_feed=False)))
        return len(self._sheets)


def _revised(sheet: Sheet, revise: Revise, random: Random) -> Sheet:
    """A plainer page with the new text; address, time and picture stay."""
    story = replace(revise(sheet.story), published_at=sheet.story.published_at)
    fresh = Planner(Shape.STORIES_ONLY).trapped(sheet_of(story), random)
    return replace(fresh, slug=sheet.slug, picture=sheet.picture)
