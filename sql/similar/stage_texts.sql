-- The start of each story's current text, and the digest by which its embedding is kept.
-- Grain: one story. Reads: articles.
-- The length is bounded because a page without blanks has a lead of any length.

create or replace temp table story_texts as
select
    article_id,
    left(title || chr(10) || lead, 600) as start_text,
    sha256(left(title || chr(10) || lead, 600)) as text_sha256
from articles;
