-- `readings`: of each story in the batch the reading that counts, and what becomes of it.
-- `former_names`: the entities that stories to be annotated again named so far.
-- Grain: one story; one story and entity. Reads: staged_articles, staged_captures,
-- staged_annotation_stamps, dated, providers, articles, article_versions, observations, mentions.
-- The newest text counts, in the first capture of its last spell, and any text of the site before
-- one of an imported record, whatever date that claims. `action` is
--   insert     the story is new,
--   update     the text differs and is not older, or a capture of the current text was extracted
--              differently, or the site gives the text of a story that was imported,
--   keep       anything else: the row stays,
--   retag      the batch was made from the warehouse's own text: the row stays, its mentions and
--              figures are replaced. A story whose text has changed meanwhile is left out; its own
--              batch brings what belongs to the new text.

create or replace temp table readings as
with
judged_articles as (
    select
        staged.* replace (
            -- A dateline seldom prints its year: it is that of the date that is believed.
            (
                staged.dateline_date
                + to_years(
                    round(
                        (epoch(date.published_at) - epoch(staged.dateline_date)) / 31556952
                    )::integer
                )
            )::date as dateline_date
        ),
        date.feed_at,
        date.listed_at,
        date.published_at,
        date.published_at_basis,
        staged.capture_id in (
            select imported.capture_id
            from staged_captures as imported
            where imported.claimed_at is not null
        ) as is_imported
    from staged_articles as staged
    inner join dated as date
        on
            staged.article_id = date.article_id
            and staged.capture_id = date.capture_id
    where date.published_at is not null
),

dated_articles as (
    select
        *,
        max(seen_at) over (partition by article_id, is_imported) as newest_seen_at
    from judged_articles
),

newest_texts as (
    select
        article_id,
        arg_max(title, (not is_imported, seen_at, capture_id)) as title,
        arg_max(body_sha256, (not is_imported, seen_at, capture_id)) as body_sha256,
        arg_max(is_imported, (not is_imported, seen_at, capture_id)) as is_imported,
        arg_max((seen_at, capture_id), (not is_imported, seen_at, capture_id)) as moment
    from dated_articles
    group by article_id
),

-- when the batch last shows another text, which ends an earlier spell of the newest
spell_ends as (
    select
        other.article_id,
        max(other.seen_at) as seen_at
    from dated_articles as other
    inner join newest_texts as newest
        on
            other.article_id = newest.article_id
            and other.is_imported = newest.is_imported
            and (other.title <> newest.title or other.body_sha256 <> newest.body_sha256)
    group by other.article_id
),

chosen as (
    select distinct on (dated_article.article_id) dated_article.*
    from dated_articles as dated_article
    inner join newest_texts as newest
        on
            dated_article.article_id = newest.article_id
            and dated_article.title = newest.title
            and dated_article.body_sha256 = newest.body_sha256
            and dated_article.is_imported = newest.is_imported
    left join spell_ends as spell_end on dated_article.article_id = spell_end.article_id
    where dated_article.seen_at >= coalesce(spell_end.seen_at, '-infinity'::timestamptz)
    order by
        dated_article.article_id,
        dated_article.seen_at,
        dated_article.capture_id
),

-- what the site gave last, or else an imported record, and the capture that breaks a tie
last_observations as (
    select
        known.article_id,
        coalesce(
            max((known.seen_at, known.capture_id)) filter (where not known.is_imported),
            max((known.seen_at, known.capture_id))
        ) as moment
    from observations as known
    semi join chosen on known.article_id = chosen.article_id
    group by known.article_id
),

final as (
    select
        chosen.* exclude (provider),
        coalesce(settled.name, chosen.provider) as provider,
        known.published_at as former_published_at,
        case
            when known.article_id is null then 'insert'
            when known.is_imported and not chosen.is_imported then 'update'
            when chosen.is_imported and known.is_imported is not true then 'keep'
            when known.title = chosen.title and known.body_sha256 = chosen.body_sha256
                then case
                    when
                        known.capture_id = chosen.capture_id
                        and known.extractor_version <> chosen.extractor_version
                        then 'update'
                    else 'keep'
                end
            when newest.moment >= last_observation.moment then 'update'
            when former.capture_id is not null and chosen.seen_at >= spell.valid_from then 'update'
            else 'keep'
        end as action
    from chosen
    left join providers as settled on chosen.provider_code = settled.provider_code
    left join articles as known on chosen.article_id = known.article_id
    left join article_versions as spell
        on
            known.article_id = spell.article_id
            and known.version = spell.version
    left join observations as former
        on
            chosen.article_id = former.article_id
            and chosen.capture_id = former.capture_id
    inner join newest_texts as newest on chosen.article_id = newest.article_id
    left join last_observations as last_observation
        on chosen.article_id = last_observation.article_id
)

select * from final;

insert into readings by name
select
    article.article_id,
    article.title,
    article.body,
    article.body_sha256,
    article.capture_id,
    version.seen_at,
    'retag' as action
from staged_annotation_stamps as stamp
anti join staged_articles as staged on stamp.article_id = staged.article_id
inner join articles as article
    on
        stamp.article_id = article.article_id
        and stamp.text_sha256 = sha256(concat(article.title, chr(10), article.body))
inner join article_versions as version
    on
        article.article_id = version.article_id
        and article.version = version.version;

create or replace temp table former_names as
select distinct
    mention.article_id,
    mention.entity_id
from mentions as mention
inner join readings as reading on mention.article_id = reading.article_id
where reading.action = 'retag';
