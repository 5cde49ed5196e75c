-- In how many stories of each month did a word stand?
-- Grain: one month. Reads: search, articles.

select
    date_trunc('month', article.published_date) as month,
    count(*) as story_count
from search('water') as found
inner join articles as article on found.article_id = article.article_id
group by all
order by month desc
limit 24;
