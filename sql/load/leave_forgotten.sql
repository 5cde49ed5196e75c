-- Leaves out what a batch holds of stories that were taken down.
-- Grain: as each staged table. Reads: the staged tables, tombstones.

delete from staged_captures
where article_id in (select story.article_id from tombstones as story);

delete from staged_listing_entries
where article_id in (select story.article_id from tombstones as story);

delete from staged_articles
where article_id in (select story.article_id from tombstones as story);

delete from staged_minhash_bands
where article_id in (select story.article_id from tombstones as story);

delete from staged_mentions
where article_id in (select story.article_id from tombstones as story);

delete from staged_entity_contexts
where article_id in (select story.article_id from tombstones as story);

delete from staged_article_figures
where article_id in (select story.article_id from tombstones as story);

delete from staged_annotation_stamps
where article_id in (select story.article_id from tombstones as story);

delete from staged_rejects
where article_id in (select story.article_id from tombstones as story);
