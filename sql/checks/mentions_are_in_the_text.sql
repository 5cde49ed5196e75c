-- Every mention's surface is in its article's text at its position, by code points.
-- Severity: fail. Grain: one name in one text. Reads: mentions, fresh_texts.

select
    mention.article_id,
    mention.part,
    mention.start_char,
    mention.end_char,
    mention.surface
from mentions as mention
inner join fresh_texts as story on mention.article_id = story.article_id
where
    mention.part not in ('title', 'body')
    or mention.start_char < 0
    or mention.end_char <= mention.start_char
    or mention.surface <> substring(
        case when mention.part = 'title' then story.title else story.body end,
        mention.start_char + 1,
        mention.end_char - mention.start_char
    );
