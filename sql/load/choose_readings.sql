-- `readings`: of each story in the batch the reading that counts, and what becomes of it.
-- Grain: one story. Reads: staged_articles, dated, providers, articles.
-- The newest text counts, in the earliest capture that has it. `action` is
--   insert     the story is new,
--   update     the text differs and is not older, or the same capture was read by another reader,
--   keep       anything else: the row stays.

create or replace temp table readings as
with
dated_articles as (
    select
        staged.*,
        witness.feed_at,
        witness.listed_at,
        witness.published_at,
        witness.published_at_basis,
        max(staged.seen_at) over (partition by staged.article_id) as newest_seen_at
    from staged_articles as staged
    inner join dated as witness
        on
            staged.article_id = witness.article_id
            and staged.capture_id = witness.capture_id
    where witness.published_at is not null
),

newest_texts as (
    select
        article_id,
        arg_max(title, (seen_at, capture_id)) as title,
        arg_max(body_sha256, (seen_at, capture_id)) as body_sha256
    from dated_articles
    group by article_id
),

chosen as (
    select distinct on (dated_article.article_id) dated_article.*
    from dated_articles as dated_article
    inner join newest_texts as newest
        on
            dated_article.article_id = newest.article_id
            and dated_article.title = newest.title
            and dated_article.body_sha256 = newest.body_sha256
    order by dated_article.article_id, dated_article.seen_at, dated_article.capture_id
),

final as (
    select
        chosen.* exclude (provider),
        coalesce(settled.name, chosen.provider) as provider,
        known.published_at as former_published_at,
        case
            when known.article_id is null then 'insert'
            when
                known.capture_id = chosen.capture_id
                and known.extractor_version <> chosen.extractor_version
                then 'update'
            when known.title = chosen.title and known.body_sha256 = chosen.body_sha256 then 'keep'
            when chosen.newest_seen_at >= known.last_seen_at then 'update'
            else 'keep'
        end as action
    from chosen
    left join providers as settled on chosen.provider_code = settled.provider_code
    left join articles as known on chosen.article_id = known.article_id
)

select * from final;
