-- What share of the usual number of names and of figures do the newest articles have?
-- Grain: one of mentions and figures, or none before 1100 articles. Reads: articles, mentions,
-- article_figures.
-- The newest are the last 20, 50 and 100 articles by their ids. What is usual is the mean of each
-- one's provider and language among the up to 2000 before them, or of all where those have fewer
-- than 20 of them; fewer than one per article are no usual. The value is the smallest of the three
-- shares and allows for chance: three standard errors are added to the mean of the newest.

with
newest as (
    select
        article_id,
        provider,
        language
    from articles
    order by article_id desc
    limit 2100
),

numbered as (
    select
        *,
        row_number() over (order by article_id desc) as place
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

subjects as (
    select distinct subject
    from found
),

counts as (
    select
        subject.subject,
        story.provider,
        story.language,
        story.place,
        count(found.article_id) as found_count
    from numbered as story
    cross join subjects as subject
    left join found
        on story.article_id = found.article_id and subject.subject = found.subject
    group by all
),

-- a row of a provider and language, and one of all, where both are null
usual as (
    select
        subject,
        provider,
        language,
        avg(found_count) as mean
    from counts
    where place > 100
    group by grouping sets ((subject, provider, language), (subject))
    having count(*) >= 20
),

sizes as (
    select unnest([20, 50, 100]) as story_count
),

shares as (
    select
        story.subject,
        size.story_count,
        avg(story.found_count) as new_mean,
        avg(coalesce(own.mean, every.mean)) as usual_mean,
        (avg(story.found_count) + 3 * stddev_samp(story.found_count) / sqrt(size.story_count))
        / avg(coalesce(own.mean, every.mean)) as value
    from counts as story
    inner join sizes as size on story.place <= size.story_count
    inner join usual as every on story.subject = every.subject and every.provider is null
    left join usual as own
        on
            story.subject = own.subject
            and story.provider = own.provider
            and story.language = own.language
    group by story.subject, size.story_count
    having avg(coalesce(own.mean, every.mean)) >= 1
)

select
    subject,
    min(value) as value,
    min_by(
        format(
            '{:.1f} per article in the newest {}, usually {:.1f}', new_mean, story_count, usual_mean
        ),
        value
    ) as detail
from shares
group by subject;
