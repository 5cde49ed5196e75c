-- Schema main is what readers see: tables that only the program needs, and those that readers have
-- a view of, move to schema ops.
-- Grain: one statement; the program runs the rows that a migration's last query gives. Reads:
-- DuckDB's catalogue.
-- DuckDB 1.5 can't set a table's schema: each is made again with its constraints and comments.
-- Views are made after the migrations, out of sql/views.

create schema ops;

create table currency_rates (
    currency varchar primary key,
    units_per_usd decimal(12, 6) not null
);

comment on table currency_rates is
'One row per currency that its central bank keeps at a fixed rate to the US dollar (seed).';
comment on column currency_rates.currency is 'ISO 4217 code.';
comment on column currency_rates.units_per_usd is 'Units of the currency for one US dollar.';

create table ops.city_coordinates (
    entity_id varchar not null,
    geoname_id integer not null,
    latitude double not null,
    longitude double not null
);

comment on table ops.city_coordinates is
'One row per city of the region, or of 50,000 inhabitants elsewhere (seed; GeoNames, CC BY 4.0).';
comment on column ops.city_coordinates.entity_id is 'Its id, as in entities.';
comment on column ops.city_coordinates.geoname_id is 'Its id at geonames.org.';
comment on column ops.city_coordinates.latitude is 'Degrees north.';
comment on column ops.city_coordinates.longitude is 'Degrees east.';

create table ops.known_organisations (
    name varchar primary key,
    kind varchar,
    ticker varchar,
    name_ar varchar
);

comment on table ops.known_organisations is
'One row per organisation of the gazetteer, named by stories or not (seed).';
comment on column ops.known_organisations.name is 'Its name, as in entities.';
comment on column ops.known_organisations.kind is 'What it is, such as central bank or airline.';
comment on column ops.known_organisations.ticker is 'Exchange and code of its share.';
comment on column ops.known_organisations.name_ar is 'Its Arabic name.';

with
moved as (
    select
        stored.table_name,
        stored.sql,
        stored.comment
    from duckdb_tables() as stored
    where
        stored.database_name = current_database()
        and stored.schema_name = 'main'
        and stored.table_name in (
            'annotation_stamps', 'applied_files', 'article_figures', 'articles', 'entities',
            'entity_candidates', 'entity_contexts', 'entity_decisions', 'feed_polls', 'id_anchors',
            'id_day_medians', 'listing_validators', 'loads', 'mentions', 'migrations',
            'minhash_bands', 'name_uses', 'observations', 'person_profiles'
        )
),

commented as (
    select
        'table ops.' || table_name as subject,
        comment
    from moved
    union all
    select
        format(
            'column ops.{}."{}"', detail.table_name, replace(detail.column_name, '"', '""')
        ) as subject,
        detail.comment
    from duckdb_columns() as detail
    inner join moved on detail.table_name = moved.table_name
    where detail.database_name = current_database() and detail.schema_name = 'main'
),

statements as (
    select
        1 as step,
        'create table ops.' || substring(sql, 14) as statement
    from moved
    union all
    select
        2 as step,
        format('insert into ops.{} from main.{}', table_name, table_name) as statement
    from moved
    union all
    select
        3 as step,
        format('comment on {} is ''{}''', subject, replace(comment, '''', '''''')) as statement
    from commented
    where comment is not null
    union all
    select
        4 as step,
        format('drop table main.{}', table_name) as statement
    from moved
    union all
    select
        5 as step,
        format('drop view main."{}"', replace(view_name, '"', '""')) as statement
    from duckdb_views()
    where database_name = current_database() and schema_name = 'main' and not internal
    union all
    select
        6 as step,
        unnest([
            'delete from ops.applied_files where path like ''views/%''',
            'comment on table ops.entities is ''One row per full name of a person, organisation '
            || 'or place; main.entities has one row per entity.''',
            'set search_path = ''ops,main'''
        ]) as statement
)

select statement
from statements
order by step;
