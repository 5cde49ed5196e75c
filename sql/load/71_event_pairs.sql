-- Finds again which stories are on the same happening as those whose text, date or names changed.
-- `event_stories` and `event_links`: these, and all that pairs or clusters tie them to, before or
-- now; the pairs among them.
-- Grain: one story; one pair. Reads: examined_stories, reannotated_stories, articles, mentions,
-- event_traits, event_pairs.
-- Two stories of two days are a pair by the names and numbers that they share, and in one language
-- by the words of headline and first paragraph. A person weighs 3, an organisation 2, a place 1; a
-- number of three digits or with a fraction 3, another above nine 1. Numbers decide: a daily report
-- has yesterday's names and words with other figures. Nothing depends on other stories, so that the
-- order of loading makes no difference, and only the days around the changed stories are read.

create or replace temp table changed_stories as
select article_id from examined_stories
union
select article_id from reannotated_stories;

delete from event_traits
where article_id in (select changed.article_id from changed_stories as changed);

insert into event_traits by name
with
named as (
    select
        mention.article_id,
        list(distinct mention.entity_id) as names
    from mentions as mention
    semi join changed_stories as changed on mention.article_id = changed.article_id
    group by mention.article_id
),

texts as (
    select
        article.article_id,
        article.published_at,
        article.language,
        coalesce(named.names, []) as names,
        tokenise(article.title || ' ' || string_split(article.body, chr(10))[1]) as terms,
        regexp_extract_all(
            case
                when article.language = 'ar'
                    then translate(
                        article.title || ' ' || left(article.body, 4000),
                        '٠١٢٣٤٥٦٧٨٩٫٬', '0123456789.,'
                    )
                else article.title || ' ' || left(article.body, 4000)
            end,
            '\d(?:[\d.,]*\d)?'
        ) as numerals
    from articles as article
    semi join changed_stories as changed on article.article_id = changed.article_id
    left join named on article.article_id = named.article_id
),

-- 3,400,000 and 3.4 million, 4.60 and 4.6, 85,000 and 85 thousand are equal
numbered as (
    select
        * exclude (numerals),
        list_transform(
            list_filter(numerals, lambda one: not regexp_matches(one, '^(?:\d|(?:19|20)\d\d)$')),
            lambda one: '#' || regexp_replace(
                regexp_replace(
                    regexp_replace(one, ',(\d{3})\b', '\1', 'g'), '(\.\d*?)0+$', '\1'
                ),
                '(?:(?:000)+|\.)$', ''
            )
        ) as numbers
    from texts
)

select
    article_id,
    published_at,
    language,
    list_distinct(names || numbers) as traits,
    list_distinct(
        list_filter(
            terms,
            lambda term: length(term) > if(term < 'ء', 3, 2) and not regexp_matches(term, '^\d')
        )
    ) as words
from numbered;

set variable first_at = (
    select min(published_at) - interval 2 days
    from event_traits
    where article_id in (select changed.article_id from changed_stories as changed)
);

set variable last_at = (
    select max(published_at) + interval 2 days
    from event_traits
    where article_id in (select changed.article_id from changed_stories as changed)
);

create or replace temp table near_stories as
select *
from event_traits
where published_at between getvariable('first_at') and getvariable('last_at');

create or replace temp table near_traits as
with
each_trait as (
    select
        article_id,
        published_at,
        unnest(traits) as trait
    from near_stories
)

select
    *,
    trait[1] = '#' as is_number,
    case
        when trait[1] = '#' then if(length(trait) > 3, 3, 1)
        when starts_with(trait, 'person:') then 3
        when starts_with(trait, 'organization:') then 2
        else 1
    end as weight
from each_trait;

create or replace temp table new_event_pairs as
with
totals as (
    select
        article_id,
        coalesce(sum(weight) filter (where is_number), 0) as number_weight,
        coalesce(sum(weight) filter (where not is_number), 0) as name_weight
    from near_traits
    group by article_id
),

changed_traits as (
    select near.*
    from near_traits as near
    semi join changed_stories as changed on near.article_id = changed.article_id
),

counted_numbers as (
    select
        *,
        count(*) over (partition by trait) as story_count
    from near_traits
    where is_number
),

-- Stories that share half of the numbers of one share one of the rarer half of them.
numbers as materialized (
    select
        article_id,
        published_at,
        trait,
        weight,
        2 * (
            sum(weight) over (
                partition by article_id
                order by story_count, trait
                rows unbounded preceding
            ) - weight
        ) <= sum(weight) over (partition by article_id) as is_rare
    from counted_numbers
),

changed_numbers as materialized (
    select number.*
    from numbers as number
    semi join changed_stories as changed on number.article_id = changed.article_id
),

pairs as materialized (
    select distinct
        changed.article_id,
        near.article_id as other_id
    from changed_numbers as changed
    inner join numbers as near on changed.trait = near.trait
    where
        (changed.is_rare or near.is_rare)
        and changed.article_id <> near.article_id
        and changed.published_at between near.published_at - interval 2 days
        and near.published_at + interval 2 days
),

shared_numbers as (
    select
        pairs.article_id,
        pairs.other_id,
        sum(near.weight) as number_weight
    from pairs
    inner join changed_numbers as changed on pairs.article_id = changed.article_id
    inner join numbers as near
        on
            pairs.other_id = near.article_id
            and changed.trait = near.trait
    group by pairs.article_id, pairs.other_id
    having sum(near.weight) >= 2
),

-- few pairs are left whose names and words are to be compared
same_numbers as (
    select shared_numbers.*
    from shared_numbers
    inner join totals as total on shared_numbers.article_id = total.article_id
    inner join totals as other_total on shared_numbers.other_id = other_total.article_id
    where
        shared_numbers.number_weight * 2
        >= greatest(least(total.number_weight, other_total.number_weight), 1)
),

numberless_stories as (
    select article_id
    from totals
    where number_weight = 0
),

numberless as materialized (
    select near.*
    from near_traits as near
    semi join numberless_stories as story on near.article_id = story.article_id
),

-- where a story has no numbers, names alone decide
shared_names as (
    select
        changed.article_id,
        near.article_id as other_id,
        near.weight
    from changed_traits as changed
    inner join numberless as near on changed.trait = near.trait
    where
        not changed.is_number
        and changed.article_id <> near.article_id
        and changed.published_at between near.published_at - interval 2 days
        and near.published_at + interval 2 days
    union all
    select
        changed.article_id,
        near.article_id as other_id,
        near.weight
    from numberless as changed
    inner join near_traits as near on changed.trait = near.trait
    semi join changed_stories as story on changed.article_id = story.article_id
    anti join numberless_stories as other on near.article_id = other.article_id
    where
        not near.is_number
        and changed.article_id <> near.article_id
        and changed.published_at between near.published_at - interval 2 days
        and near.published_at + interval 2 days
),

without_numbers as (
    select
        article_id,
        other_id,
        0 as number_weight
    from shared_names
    group by article_id, other_id
    having sum(weight) >= 6
),

candidates as (
    select * from same_numbers
    union all
    select * from without_numbers
),

shared as (
    select
        candidate.article_id,
        candidate.other_id,
        candidate.number_weight,
        coalesce(sum(near.weight), 0) as name_weight
    from candidates as candidate
    left join changed_traits as changed
        on
            candidate.article_id = changed.article_id
            and not changed.is_number
    left join near_traits as near
        on
            candidate.other_id = near.article_id
            and changed.trait = near.trait
    group by candidate.article_id, candidate.other_id, candidate.number_weight
),

compared as (
    select
        shared.article_id,
        shared.other_id,
        shared.number_weight,
        shared.name_weight,
        shared.number_weight
        / greatest(least(total.number_weight, other_total.number_weight), 1) as number_share,
        least(total.number_weight, other_total.number_weight) = 0 as is_without_numbers,
        shared.name_weight
        / greatest(least(total.name_weight, other_total.name_weight), 1) as name_share,
        story.language = other.language as is_one_language,
        len(list_intersect(story.words, other.words))
        / greatest(least(len(story.words), len(other.words)), 1) as word_share
    from shared
    inner join totals as total on shared.article_id = total.article_id
    inner join totals as other_total on shared.other_id = other_total.article_id
    inner join near_stories as story on shared.article_id = story.article_id
    inner join near_stories as other on shared.other_id = other.article_id
)

select distinct
    least(article_id, other_id) as first_id,
    greatest(article_id, other_id) as second_id
from compared
where
    case
        when not is_one_language
            then
                number_share >= 0.5
                and (
                    number_weight >= 9
                    or (
                        name_share >= 0.5
                        and number_weight >= 2
                        and number_weight + name_weight >= 4
                    )
                )
        when is_without_numbers then name_weight >= 6 and name_share >= 0.6 and word_share >= 0.3
        else
            number_share >= 0.5
            and (
                (number_weight >= 4 and name_weight >= 1 and word_share >= 0.2)
                or (number_weight >= 2 and name_weight >= 3 and word_share >= 0.4)
            )
    end;

create or replace temp table event_stories as
with recursive
pairs as (
    from event_pairs
    union all
    from new_event_pairs
    union all
    select
        cluster_id as first_id,
        article_id as second_id
    from articles
    where cluster_id <> article_id
),

ties as (
    select
        first_id as article_id,
        second_id as other_id
    from pairs
    union all
    select
        second_id as article_id,
        first_id as other_id
    from pairs
),

reached as (
    select article_id
    from changed_stories
    union
    select ties.other_id as article_id
    from reached
    inner join ties on reached.article_id = ties.article_id
)

select
    article.article_id,
    article.cluster_id,
    article.published_at
from articles as article
semi join reached on article.article_id = reached.article_id;

delete from event_pairs
where
    first_id in (select changed.article_id from changed_stories as changed)
    or second_id in (select changed.article_id from changed_stories as changed);

insert into event_pairs by name
select *
from new_event_pairs;

create or replace temp table event_links as
select pair.*
from event_pairs as pair
semi join event_stories as story on pair.first_id = story.article_id;
