-- The names of each provider, as stored and as printed.
-- Grain: one provider code and pair of names. Reads: articles, providers.

create or replace view provider_spellings as
select
    article.provider_code,
    article.provider,
    article.provider_printed,
    settled.provider_code is not null as is_settled,
    count(*) as story_count
from ops.articles as article
left join providers as settled on article.provider_code = settled.provider_code
group by
    article.provider_code, article.provider, article.provider_printed, settled.provider_code;

comment on view provider_spellings is
'One row per provider code and pair of names, in articles and as printed: what the seed file of
providers may settle.';
comment on column provider_spellings.provider_code is
'As in articles.provider_code; null without a token.';
comment on column provider_spellings.provider is 'The name in articles.';
comment on column provider_spellings.provider_printed is
'The name in the dateline credit, null without one.';
comment on column provider_spellings.is_settled is 'Whether the seed file settles its spelling.';
comment on column provider_spellings.story_count is 'How many stories have it.';
