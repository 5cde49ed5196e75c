-- Who is quoted in most stories, and with which words last?
-- Grain: one person or organisation. Reads: quotes, articles, entities.

select
    entity.name,
    count(distinct quote.article_id) as story_count,
    arg_max(quote.surface, (article.published_at, quote.quote_number)) as last_words
from quotes as quote
inner join articles as article on quote.article_id = article.article_id
inner join entities as entity on quote.entity_id = entity.entity_id
group by entity.entity_id, entity.name
order by story_count desc, entity.name asc
limit 20;
