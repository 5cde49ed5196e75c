-- What changed in the stories that were revised?
-- Grain: one story and version after the first. Reads: article_changes.

select
    article_id,
    version,
    added_paragraphs,
    removed_paragraphs
from article_changes
order by article_id desc, version desc
limit 20;
