-- Which texts are there?
-- Grain: one text. Reads: story_texts.

select distinct
    text_sha256,
    start_text
from story_texts
order by text_sha256;
