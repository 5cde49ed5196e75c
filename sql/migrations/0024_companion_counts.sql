-- Counts of each person's companions, so that a load updates them instead of counting all again.

alter table ops.person_profiles add column article_count bigint;

alter table ops.person_profiles add column counted_companions varchar[];

alter table ops.person_profiles add column companion_counts bigint[];

alter table ops.person_profiles add column companion_doubts bigint[];

alter table ops.person_profiles add column unlisted_count bigint;

update ops.person_profiles
set
    article_count = coalesce(counted.article_count, 0),
    counted_companions = coalesce(counted.companions, []),
    companion_counts = coalesce(counted.counts, []),
    companion_doubts = coalesce(list_transform(counted.counts, lambda one: 0), []),
    unlisted_count = 0
from (
    with
    each_companion as (
        select
            entity_id,
            unnest(companions) as companion
        from ops.entity_contexts
    ),

    counts as (
        select
            entity_id,
            companion,
            count(*) as article_count
        from each_companion
        group by entity_id, companion
    ),

    articles as (
        select
            entity_id,
            count(*) as article_count
        from ops.entity_contexts
        group by entity_id
    ),

    lists as (
        select
            entity_id,
            list(companion order by companion) as companions,
            list(article_count order by companion) as counts
        from counts
        group by entity_id
    )

    select
        person.entity_id,
        lists.companions,
        lists.counts,
        articles.article_count
    from ops.person_profiles as person
    left join lists on person.entity_id = lists.entity_id
    left join articles on person.entity_id = articles.entity_id
) as counted
where person_profiles.entity_id = counted.entity_id;

comment on column ops.person_profiles.article_count is 'Its rows in entity_contexts.';
comment on column ops.person_profiles.counted_companions is
'Companions whose articles are counted: all, or of very many the most frequent ones.';
comment on column ops.person_profiles.companion_counts is
'In how many of its articles each of those is, at least.';
comment on column ops.person_profiles.companion_doubts is
'In how many more each of those may be, from before it was counted.';
comment on column ops.person_profiles.unlisted_count is
'In how many of its articles any other companion is at most.';
