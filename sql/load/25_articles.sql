-- Writes the readings that are new or newer; article_versions settles the versions' numbers. When a
-- text of the site takes the place of an imported one, its times do too.
-- Grain: one story. Reads: readings, articles.
-- A row is deleted and inserted, since an update of its text would write the texts of all stories
-- of its row group anew.

create or replace temp table renewed_articles as
select
    reading.* exclude (
        reading.action,
        reading.seen_at,
        reading.listed_at,
        reading.newest_seen_at,
        reading.former_published_at
    ),
    known.version,
    known.cluster_id,
    known.event_id,
    case
        when known.is_imported and not reading.is_imported
            then least(reading.listed_at, reading.seen_at)
        else known.first_seen_at
    end as first_seen_at,
    case
        when known.is_imported and not reading.is_imported then reading.newest_seen_at
        else greatest(known.last_seen_at, reading.newest_seen_at)
    end as last_seen_at,
    case
        when known.is_imported and not reading.is_imported then reading.newest_seen_at
        else greatest(known.last_checked_at, reading.newest_seen_at)
    end as last_checked_at
from readings as reading
inner join articles as known on reading.article_id = known.article_id
where reading.action = 'update';

delete from articles
where article_id in (select renewed.article_id from renewed_articles as renewed);

insert into articles by name
select *
from renewed_articles;

insert into articles by name
select
    reading.* exclude (action, seen_at, listed_at, newest_seen_at, former_published_at),
    1 as version,
    reading.article_id as cluster_id,
    least(reading.listed_at, reading.seen_at) as first_seen_at,
    reading.newest_seen_at as last_seen_at,
    reading.newest_seen_at as last_checked_at
from readings as reading
where reading.action = 'insert';
