-- The names under which each person, organisation and place is printed.
-- Grain: one real entity and printed name. Reads: mentions, entities.

create or replace view entity_aliases as
with
printed as (
    select
        mention.surface as alias,
        canonical.entity_id,
        case
            when lower(mention.surface) = lower(canonical.name) then 'exact'
            when mention.form = 'exact' and canonical.type = 'person' then 'transliteration'
            when mention.form = 'exact' then 'table'
            else mention.form
        end as kind,
        mention.article_id
    from ops.mentions as mention
    inner join ops.entities as entity on mention.entity_id = entity.entity_id
    inner join ops.entities as canonical on entity.canonical_id = canonical.entity_id
)

select
    alias,
    entity_id,
    arg_min(
        kind, list_position(['exact', 'acronym', 'short', 'transliteration', 'table'], kind)
    ) as kind,
    count(*) as mention_count,
    count(distinct article_id) as article_count,
    min(article_id) as first_article_id
from printed
group by alias, entity_id;

comment on view entity_aliases is
'One row per real person, organisation or place and name under which current texts print it.';
comment on column entity_aliases.alias is 'The name as printed.';
comment on column entity_aliases.entity_id is 'Whose it is, in canonical_entities.';
comment on column entity_aliases.kind is
'exact (its own name), transliteration (another spelling), short, acronym or table (another name).';
comment on column entity_aliases.mention_count is 'How often it is printed.';
comment on column entity_aliases.article_count is 'In how many articles.';
comment on column entity_aliases.first_article_id is 'The smallest story id that prints it.';
