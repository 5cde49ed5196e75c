-- Adds to `readings` the stories of a batch that was made from the warehouse's own texts.
-- Grain: one story; one story and entity.
-- Reads: staged_annotation_stamps, staged_articles, articles, article_versions, mentions.
-- Their action is retag: the row stays, its mentions and figures are replaced. A story whose text
-- has changed meanwhile is left out; its own batch brings what belongs to the new text.
-- `former_names` is whom the stories have named so far, see redate_entities.

insert into readings by name
select
    article.article_id,
    article.title,
    article.body,
    article.body_sha256,
    article.capture_id,
    version.seen_at,
    'retag' as action
from staged_annotation_stamps as recognition
anti join staged_articles as staged on recognition.article_id = staged.article_id
inner join articles as article
    on
        recognition.article_id = article.article_id
        and recognition.text_sha256 = sha256(concat(article.title, chr(10), article.body))
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
