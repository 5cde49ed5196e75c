-- Every article has at most one annotation stamp, and it is of the current text.
-- Severity: fail. Grain: one article. Reads: annotation_stamps, fresh_texts, fresh.

with
looked_at as materialized (
    select
        article_id,
        text_sha256,
        count(*) over (partition by article_id) as told_count
    from annotation_stamps
    where
        $everything
        or article_id in (select story.article_id from fresh as story)
)

select
    recognition.article_id,
    recognition.text_sha256,
    recognition.told_count
from looked_at as recognition
left join fresh_texts as story on recognition.article_id = story.article_id
where
    story.article_id is null
    or recognition.told_count > 1
    or recognition.text_sha256 <> sha256(concat(story.title, chr(10), story.body));
