-- Replaces the mentions, figures, quotations, annotation stamp and entity contexts of every story
-- whose text the batch wrote or annotated again.
-- `reannotated_stories`: those that were annotated again; `new_mentions`: the mentions;
-- `changed_uses` and `changed_contexts`: what is new, and what the stories had before.
-- Grain: one name, figure or quotation; one article; one person and article.
-- Reads: staged_mentions, staged_article_figures, staged_quotes, staged_annotation_stamps,
-- staged_entity_contexts, readings, mentions, entity_contexts.
-- What the current text has at its place counts, so that of two readings in one batch only the one
-- that was kept does.

create or replace temp table reannotated_stories as
select article_id
from readings
where action = 'retag';

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
    staged.sentence_number,
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

create or replace temp table changed_uses as
select
    entity_id,
    surface,
    role,
    1 as change
from new_mentions
union all
select
    mention.entity_id,
    mention.surface,
    mention.role,
    -1 as change
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

delete from article_figures
where
    article_id in (
        select reading.article_id from readings as reading
        where reading.action in ('update', 'retag')
    );

insert into article_figures by name
select distinct
    staged.article_id,
    staged.part,
    staged.start_char,
    staged.end_char,
    staged.sentence_number,
    staged.surface,
    staged.kind,
    staged.amount,
    staged.currency,
    staged.exchange,
    staged.symbol,
    staged.day,
    staged.precision,
    staged.range_id,
    staged.entity_id
from staged_article_figures as staged
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

delete from quotes
where
    article_id in (
        select reading.article_id from readings as reading
        where reading.action in ('update', 'retag')
    );

insert into quotes by name
select distinct staged.* exclude (staged.body_sha256)
from staged_quotes as staged
inner join readings as reading
    on
        staged.article_id = reading.article_id
        and staged.body_sha256 = reading.body_sha256
where
    reading.action in ('insert', 'update', 'retag')
    and staged.surface = substring(
        reading.body, staged.start_char + 1, staged.end_char - staged.start_char
    );

delete from annotation_stamps
where
    article_id in (
        select reading.article_id from readings as reading
        where reading.action in ('update', 'retag')
    );

insert into annotation_stamps by name
select distinct on (staged.article_id)
    staged.article_id,
    staged.text_sha256,
    staged.recogniser,
    staged.figures_version,
    staged.sentence_starts
from staged_annotation_stamps as staged
inner join readings as reading
    on
        staged.article_id = reading.article_id
        and staged.text_sha256 = sha256(concat(reading.title, chr(10), reading.body))
where reading.action in ('insert', 'update', 'retag');

create or replace temp table new_contexts as
select distinct on (staged.article_id, staged.entity_id) staged.*
from staged_entity_contexts as staged
inner join readings as reading
    on
        staged.article_id = reading.article_id
        and staged.capture_id = reading.capture_id
where reading.action in ('insert', 'update', 'retag')
order by staged.article_id, staged.entity_id;

create or replace temp table changed_contexts as
select
    entity_id,
    block_key,
    parts,
    companions,
    1 as change
from new_contexts
union all
select
    context.entity_id,
    null as block_key,
    null as parts,
    context.companions,
    -1 as change
from entity_contexts as context
where
    context.article_id in (
        select reading.article_id from readings as reading
        where reading.action in ('update', 'retag')
    );

delete from entity_contexts
where
    article_id in (
        select reading.article_id from readings as reading
        where reading.action in ('update', 'retag')
    );

insert into entity_contexts by name
select
    article_id,
    entity_id,
    companions
from new_contexts;
