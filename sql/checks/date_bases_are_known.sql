-- Every article says which source dates it, and that source has a date.
-- Severity: fail. Grain: one story. Reads: articles.

select
    article_id,
    published_at_basis
from articles
where
    published_at_basis not in ('page', 'feed', 'token', 'article_id')
    or (published_at_basis = 'page' and published_at is distinct from page_at)
    or (published_at_basis = 'feed' and published_at is distinct from feed_at)
    or (published_at_basis = 'token' and published_at is distinct from token_at);
