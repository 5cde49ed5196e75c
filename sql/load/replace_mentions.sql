-- Replaces the mentions of every story whose row the batch wrote.
-- Grain: one name in one text. Reads: staged_mentions, readings, articles, mentions, entities.
-- A mention counts where the current text has its surface at its place, so that of two readings in
-- one batch only the one that was kept is heard.

create or replace temp table new_mentions as
select distinct
    staged.article_id,
    staged.entity_id,
    staged.type,
    staged.name,
    staged.country_code,
    staged.part,
    staged.start_char,
    staged.end_char,
    staged.surface,
    staged.recogniser,
    staged.form,
    staged.role,
    reading.seen_at
from staged_mentions as staged
inner join readings as reading
    on
        staged.article_id = reading.article_id
        and staged.body_sha256 = reading.body_sha256
where
    reading.action in ('insert', 'update', 'retag')
    and staged.surface = substring(
        case when staged.part = 'title' then reading.title else reading.body end,
        staged.start_char + 1,
        staged.end_char - staged.start_char
    );

create or replace temp table lost_entities as
select distinct mention.entity_id
from mentions as mention
where
    mention.article_id in (
        select reading.article_id from readings as reading
        where reading.action in ('update', 'retag')
    );

delete from mentions
where
    article_id in (
        select reading.article_id from readings as reading
        where reading.action in ('update', 'retag')
    );

insert into mentions by name
select * exclude (type, name, country_code, seen_at)
from new_mentions;
