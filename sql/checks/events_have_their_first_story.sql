-- Every story's event is itself or another story, which is the first of that event.
-- Severity: fail. Grain: one story. Reads: articles.

select
    article.article_id,
    article.event_id
from articles as article
left join articles as first_story on article.event_id = first_story.article_id
where first_story.event_id is distinct from article.event_id;
