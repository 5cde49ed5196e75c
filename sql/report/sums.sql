-- Which stories name the largest sums of money?
-- Grain: one of three stories for a currency in the period, those of the currencies that are named
-- most first. Reads: article_figures, articles.

with
articles_of_period as (
    select *
    from articles
    where published_at >= $period_start_at and article_id = cluster_id
),

largest as (
    select
        currency,
        article_id,
        max(amount) as amount,
        arg_max(surface, amount) as surface
    from article_figures
    where kind = 'money' and currency is not null
    group by currency, article_id
),

ranked as (
    select
        largest.currency,
        largest.surface,
        article.title,
        article.url,
        article.published_at,
        count(*) over (partition by largest.currency) as currency_count,
        row_number() over (
            partition by largest.currency
            order by largest.amount desc, largest.article_id asc
        ) as rank
    from largest
    inner join articles_of_period as article on largest.article_id = article.article_id
)

select
    currency,
    surface as amount,
    title,
    url,
    published_at
from ranked
where rank <= 3
order by currency_count desc, currency asc, rank asc
limit 24;
