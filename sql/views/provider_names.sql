-- The one name of each provider code.
-- Grain: one provider code. Reads: articles, providers.
-- The seed file settles a name; without it the name that most stories of the code carry is learned.

create or replace view provider_names as
with spellings as (
    select
        provider_code,
        provider,
        count(*) as story_count
    from ops.articles
    where provider_code is not null
    group by provider_code, provider
),

learned as (
    select
        provider_code,
        arg_max(provider, (story_count, provider)) as name,
        sum(story_count)::bigint as story_count
    from spellings
    group by provider_code
)

select
    coalesce(settled.provider_code, learned.provider_code) as provider_code,
    coalesce(settled.name, learned.name) as name,
    settled.provider_code is not null as is_settled,
    coalesce(learned.story_count, 0) as story_count
from learned
full outer join providers as settled on learned.provider_code = settled.provider_code;

comment on view provider_names is
'One row per provider code with its one name: the seed file''s, else the most frequent one.';
comment on column provider_names.provider_code is 'As in articles.provider_code.';
comment on column provider_names.name is 'The name.';
comment on column provider_names.is_settled is
'Whether the seed file of providers settles the name; otherwise it is learned.';
comment on column provider_names.story_count is 'How many stories have the code.';
