-- How did KUNA and another provider report the same events, and who was first?
-- Grain: one pair of stories. Reads: articles.

select
    one.title,
    other.provider as other_provider,
    other.title as other_title,
    other.published_at - one.published_at as lag
from articles as one
inner join articles as other on one.event_id = other.event_id and one.provider <> other.provider
where one.provider = 'Kuwait News Agency (KUNA)'
order by one.article_id desc, other.article_id asc
limit 20;
