-- Leaves out what a batch holds of stories that were taken down.
-- Grain: as each staged table. Reads: the staged tables, forgotten.

delete from staged_captures
where article_id in (select story.article_id from forgotten as story);

delete from staged_sightings
where article_id in (select story.article_id from forgotten as story);

delete from staged_articles
where article_id in (select story.article_id from forgotten as story);

delete from staged_signatures
where article_id in (select story.article_id from forgotten as story);

delete from staged_mentions
where article_id in (select story.article_id from forgotten as story);

delete from staged_appearances
where article_id in (select story.article_id from forgotten as story);

delete from staged_figures
where article_id in (select story.article_id from forgotten as story);

delete from staged_recognitions
where article_id in (select story.article_id from forgotten as story);

delete from staged_rejects
where article_id in (select story.article_id from forgotten as story);
