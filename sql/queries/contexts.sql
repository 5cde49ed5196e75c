-- Between which words is Kuwait named?
-- Grain: one mention. Reads: kwic.

select
    text_before,
    surface,
    text_after
from kwic('Kuwait', width := 30)
order by published_at desc, article_id desc, start_char asc
limit 20;
