-- What share of the usual number of names and of figures do the newest articles have?
-- Grain: one of mentions and figures, or none before 1100 articles. Reads: articles, mentions,
-- article_figures.
-- The newest are 100 articles by their ids, the usual are the up to 2000 before them; where they
-- have fewer than one each, nothing is usual.

with
newest as (
    select article_id
    from articles
    order by article_id desc
    limit 2100
),

numbered as (
    select
        article_id,
        row_number() over (order by article_id desc) <= 100 as is_new
    from newest
),

bounds as (
    select min(article_id) as first_id
    from newest
    having count(*) >= 1100
),

found as (
    select
        'mentions' as subject,
        mention.article_id
    from mentions as mention
    where mention.article_id >= (select bound.first_id from bounds as bound)
    union all
    select
        'figures' as subject,
        figure.article_id
    from article_figures as figure
    where figure.article_id >= (select bound.first_id from bounds as bound)
),

means as (
    select
        found.subject,
        count(*) filter (where story.is_new) / 100 as new_mean,
        count(*) filter (where not story.is_new)
        / (select count(*) - 100 from newest) as usual_mean
    from found
    inner join numbered as story on found.article_id = story.article_id
    group by found.subject
)

select
    subject,
    new_mean / usual_mean as value,
    format('{:.1f} per article in the newest 100, {:.1f} before', new_mean, usual_mean) as detail
from means
where usual_mean >= 1;
