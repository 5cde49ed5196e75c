-- Which providers carried the most stories, and which places did they write about most?
-- Grain: one provider. Reads: articles, mentions.

with
stories as (
    select
        provider,
        count(*) as story_count,
        max(published_date) as newest_date
    from articles
    group by provider
),

places as (
    select
        article.provider,
        mention.name as place,
        count(distinct article.article_id) as place_story_count
    from articles as article
    inner join mentions as mention on article.article_id = mention.article_id
    where mention.type = 'place'
    group by article.provider, mention.name
),

ranked_places as (
    select
        provider,
        place,
        place_story_count,
        row_number() over (
            partition by provider
            order by place_story_count desc, place asc
        ) as rank
    from places
),

top_places as (
    select
        provider,
        string_agg(
            concat(place, ' (', place_story_count, ')'), ', '
            order by place_story_count desc, place asc
        ) as most_named_places
    from ranked_places
    where rank <= 3
    group by provider
)

select
    stories.provider,
    stories.story_count,
    stories.newest_date,
    top_places.most_named_places
from stories
left join top_places on stories.provider = top_places.provider
order by stories.story_count desc, stories.provider asc
limit 10;
