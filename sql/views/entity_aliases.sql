-- The names under which each person, organisation and place is printed.
-- Grain: one entity and printed name. Reads: mentions.

create or replace view entity_aliases as
with
printed as (
    select
        surface as alias,
        entity_id,
        name_id,
        case
            when lower(surface) = lower(name) then 'exact'
            when form = 'exact' and type = 'person' then 'transliteration'
            when form = 'exact' then 'table'
            else form
        end as kind,
        article_id
    from mentions
)

select
    alias,
    entity_id,
    arg_min(
        kind, list_position(['exact', 'acronym', 'short', 'transliteration', 'table'], kind)
    ) as kind,
    count(*) as mention_count,
    count(distinct article_id) as article_count,
    min(article_id) as first_article_id,
    list(distinct name_id order by name_id) as name_ids
from printed
group by alias, entity_id;

comment on view entity_aliases is
'One row per person, organisation or place and name under which current texts print it.';
comment on column entity_aliases.alias is 'The name as printed.';
comment on column entity_aliases.entity_id is 'Whose it is, in entities.';
comment on column entity_aliases.kind is
'exact (its own name), transliteration (another spelling), short, acronym or table (another name).';
comment on column entity_aliases.mention_count is 'How often it is printed.';
comment on column entity_aliases.article_count is 'In how many articles.';
comment on column entity_aliases.first_article_id is 'The smallest story id that prints it.';
comment on column entity_aliases.name_ids is
'The full names that it is printed for, in entity_names.';
