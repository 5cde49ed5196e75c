"""The forms in which feeds and listings spell a story's address."""

from tests.facsimile.site.addresses import SITE, decomposed_path, legacy_path, story_path
from tests.facsimile.site.sheet import LinkForm, Sheet

_LEGACY_NAMES = (("storyID", "title"), ("StoryId", "Title"), ("STORYID", "TITLE"))


def link(sheet: Sheet, form: LinkForm) -> str:
    """A story's address in one form, absolute."""
    story = sheet.story
    path = story_path(story.article_id, sheet.slug, story.language)
    forms = {
        LinkForm.BARE: SITE + path,
        LinkForm.SRC_RSS: f"{SITE}{path}?src=RSS",
        LinkForm.SOCIAL: f"{SITE}{path}?Social=on",
        LinkForm.HTTP: f"http://menafn.com{path}?src=RSS",
        LinkForm.HTTP_WWW: f"http://www.menafn.com{path}?src=RSS",
        LinkForm.SLUGLESS: f"{SITE}{story_path(story.article_id, '', story.language)}",
        LinkForm.LEGACY: SITE + legacy_path(story.article_id, sheet.slug),
        LinkForm.LEGACY_ODD_CASE: SITE + _odd_case_path(sheet),
        LinkForm.OLD_SLUG: SITE + old_path(sheet),
        LinkForm.DECOMPOSED: SITE + decomposed_path(story.article_id, sheet.slug),
    }
    return forms[form]


def old_path(sheet: Sheet) -> str:
    """The path under an earlier, shorter headline."""
    words = sheet.slug.rsplit("-", 1)[0] + "-Sources"
    return story_path(sheet.story.article_id, words, sheet.story.language)


def _odd_case_path(sheet: Sheet) -> str:
    names = _LEGACY_NAMES[sheet.story.article_id % len(_LEGACY_NAMES)]
    return legacy_path(sheet.story.article_id, sheet.slug, names)
