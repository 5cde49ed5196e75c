-- Every article has a headline and a body that are more than blanks.
-- Severity: fail. Grain: one story. Reads: fresh_texts.

select article_id
from fresh_texts
where trim(title) = '' or trim(body) = '';
