-- Renames internal tables, columns and views to standard terms, and rewords comments.
-- Grain: none; only the outcomes of feed gaps change. Reads: the renamed tables.
-- Views and seeds are applied again from their files; renamed views are dropped here.

drop view if exists untried_ranges;

drop view if exists calibration_lines;

delete from applied_files
where
    path in (
        'seeds/id_dates.sql', 'seeds/providers.sql', 'seeds/reject_reasons.sql',
        'views/untried_ranges.sql', 'views/calibration_lines.sql'
    );

alter table sightings rename to listing_entries;

alter table forgotten rename to tombstones;

alter table loss_windows rename to feed_gaps;

alter table feed_gaps rename column polled_before_at to previous_polled_at;

alter table feed_gaps rename column noticed_at to detected_at;

alter table feed_gaps rename column settled_count to resolved_count;

alter table feed_gaps rename column found_count to recovered_count;

alter table feed_gaps rename column closed_how to outcome;

update feed_gaps
set outcome = case outcome when 'found' then 'recovered' else 'nothing-missed' end
where outcome is not null;

alter table cluster_bands rename to minhash_bands;

alter table recognitions rename to annotation_stamps;

alter table appearances rename to entity_contexts;

alter table person_names rename to person_profiles;

alter table listings rename to listing_validators;

alter table id_dates rename to id_anchors;

alter table id_days rename to id_day_medians;

alter table articles rename column damage to text_defects;

alter table runs rename column wire to base_url;

alter table entity_decisions rename column ruling to decision;

comment on table articles is 'One row per story id, with its newest text.';
comment on column articles.article_id is 'The 10-digit story id in the address.';
comment on column articles.title is 'The headline as printed on the page.';
comment on column articles.provider is
'Who provided the story, one spelling per provider; MENAFN for the site''s own news.';
comment on column articles.provider_code is
'Code of the provider: the first six digits after the date in menafn_token.';
comment on column articles.account_code is
'Code of the account that filed the story: the next six digits in menafn_token.';
comment on column articles.menafn_token is
'The token that closes the page, such as MENAFN12082025000071011013ID1109916091: day, month and
year, provider, account, story id.';
comment on column articles.published_at is
'When the story was published, from the best source with a possible date; see published_at_basis.';
comment on column articles.published_at_basis is
'Source of published_at, best first: page, feed, token, article_id (estimated from the id).';
comment on column articles.cluster_id is
'The smallest article_id among the stories with the same text; its own where there is no other.';
comment on column articles.image_url is 'Address of the story''s picture; null for placeholders.';
comment on column articles.last_seen_at is
'When a response of the site last confirmed this text: the same text again, or status 304.';
comment on column articles.capture_id is 'The capture that this row was extracted from.';
comment on column articles.run_id is 'The run that extracted it.';
comment on column articles.extractor_version is
'Versions of the extractor, the page layout and the extraction library.';
comment on column articles.is_stock_image is
'Whether the picture is one of the site''s stock pictures.';
comment on column articles.text_defects is
'Defects of the text that were detected and left as they are, as slugs.';
comment on column articles.page_at is
'When the story was published by the time printed on the page.';
comment on column articles.feed_at is 'The same by the first feed that gave a date.';
comment on column articles.token_at is
'Start of the day in menafn_token, in the site''s time zone.';
comment on column articles.last_checked_at is
'When the site last responded for this story, whatever the status.';

comment on column article_versions.published_at is
'When the story was published, from the best source for this text.';
comment on column article_versions.capture_id is 'The first capture with this text.';

comment on table captures is 'One row per response of the site; each is archived in a WARC file.';
comment on column captures.url is 'The requested address in canonical form.';
comment on column captures.article_id is 'The story requested; null for listings and robots.txt.';
comment on column captures.fetched_at is 'When the response was complete.';
comment on column captures.run_id is 'The run that requested it.';

comment on table entities is
'One row per name of a person, organisation or place; canonical_entities has one row per real one.';
comment on column entities.name is
'Its fullest name in first_article_id, or its name in the gazetteers.';
comment on column entities.canonical_id is
'The entity that it counts as: its own id unless evidence or a decision merged it with another.';
comment on column entities.first_article_id is
'The smallest story id that has named it; merged entities count as the one with the smallest.';

comment on column mentions.part is 'Which text it is in: title or body.';
comment on column mentions.recogniser is 'Name and version of the recogniser that found it.';
comment on column mentions.form is
'How the printed name relates to the full one: exact, transliteration, short, acronym or table
(another name in the gazetteers); null in rows loaded before version 0.2.0.';
comment on column mentions.role is
'The role printed next to a person''s name, such as Prime Minister; null without one.';

comment on column article_figures.currency is
'ISO 4217 code of a sum of money; null where the text leaves it open, as with plain dinars.';
comment on column article_figures.day is
'The day of a date, or the first day of its month, quarter or year, resolved by the story''s day.';

comment on table rejects is
'One row per run and page, feed, listing or address that could not be used.';
comment on column rejects.stage is 'Where it was rejected: discover, fetch, read or load.';
comment on column rejects.reason is 'Why: a slug from the closed list in reject_reasons.';
comment on column rejects.detail is 'Details in one line.';
comment on column rejects.run_id is 'The run that rejected it.';
comment on column rejects.rejected_at is
'When it was rejected; at stage fetch, when its last response was complete.';

comment on table runs is
'One row per run; its counts are sums over the batches it loaded.';
comment on column runs.flow is 'Name of the flow: ingest, backfill, rebuild or rebuild-entities.';
comment on column runs.finished_at is 'When it ended; null while it runs.';
comment on column runs.discovered is 'Stories shown by feeds and listings.';
comment on column runs.fetched is 'Responses for stories, other than 304 (not modified).';
comment on column runs.not_modified is 'Responses 304 (not modified) for stories.';
comment on column runs.extracted is 'Pages that an article was extracted from.';
comment on column runs.updated is 'Stories whose row was replaced by a newer text or extraction.';
comment on column runs.unchanged is 'Extracted pages that left the story''s row as it was.';
comment on column runs.rejected is 'Pages, feeds, listings and addresses that could not be used.';
comment on column runs.base_url is
'The base URL that was requested as the site; a local one means invented or replayed stories.';
comment on column runs.timezone is 'The time zone in which the run read the site''s printed times.';
comment on column runs.publish_seconds is
'Seconds it took to publish the readers'' copy; null in that copy until the next one.';

comment on table listing_entries is 'One row per story and feed or listing page that shows it.';

comment on column reject_reasons.reason_group is
'missing (the site has no such story), no-story (a response without a story in it), forbidden,
unreadable (a response that can''t be read), inconsistent (a story that contradicts itself),
transient (it is requested again) or listing (rejected before any story was known).';
comment on table reject_reasons is 'One row per reason in rejects, with its meaning (seed).';
comment on column reject_reasons.meaning is 'What it means, in one line.';

comment on column feed_polls.polled_at is 'When its response was complete.';
comment on column feed_polls.article_ids is 'The stories that it showed, the smallest id first.';
comment on column feed_polls.capture_id is 'The capture of the response.';
comment on column feed_polls.run_id is 'The run that polled it.';

comment on table feed_gaps is
'One row per feed and poll that shares no story with the poll before it, so that stories may have
passed through the feed unseen. Their ids lie in the gap, among those of other feeds.';
comment on column feed_gaps.detected_at is
'When it was polled and shared no story with the poll before.';
comment on column feed_gaps.resolved_count is
'Ids of the gap that a listing showed, or that were requested and got a response.';
comment on column feed_gaps.recovered_count is
'Stories of the gap that are in articles only because they were requested by id.';
comment on column feed_gaps.closed_at is
'When the last of its ids was resolved; null while the gap is open.';
comment on column feed_gaps.outcome is
'recovered (requests by id found stories) or nothing-missed; null while the gap is open.';

comment on table entity_candidates is
'One row per pair of entities that may be the same; wirehouse entities merge or split decides.';
comment on column entity_candidates.other_id is 'The other one.';

comment on table entity_decisions is
'One row per pair decided by wirehouse entities merge or split; a rebuild keeps it.';
comment on column entity_decisions.other_id is 'The other one.';
comment on column entity_decisions.decision is 'merge (they are one) or split (they are two).';

comment on table tombstones is
'One row per story deleted by wirehouse forget; nothing else of it is kept.';
comment on column tombstones.forgotten_at is 'When its deletion was first requested.';
comment on column tombstones.erased_at is
'When the last trace of it was erased from the files; null while that is unfinished.';

comment on table annotation_stamps is
'One row per article: the text that its mentions and figures are of, and what found them.';
comment on column annotation_stamps.recogniser is
'Name and version of the recogniser, as in mentions.recogniser; "none" without one.';
comment on column annotation_stamps.figures_version is
'Version of the rules that found the figures; 0 without them.';

comment on table entity_contexts is
'One row per person of person_profiles and article whose current text names it.';

comment on table person_profiles is
'One row per person whose name has two parts or more: what a load compares it by.';
comment on column person_profiles.parts is
'The parts that tell people apart; given names by their number in the table of spellings.';
comment on column person_profiles.companions is
'Those of entity_contexts that are in a tenth of its articles or more.';

comment on table minhash_bands is
'One row per story and hash of its opening; stories that share hashes may be duplicates.';

comment on table id_anchors is
'One row per story whose date is known from another source: fixed points of the calibration of ids
(seed).';

comment on table id_day_medians is
'One row per day with stories that a page, feed or token dates: refines id_anchors at every load.';
comment on column id_day_medians.published_at is
'Median of their times; where only the token dates a story, noon of its day in the site''s time
zone.';

comment on column listing_validators.checked_at is
'When the site last responded to a request for it.';

comment on table loads is 'One row per batch that was loaded, with its counts.';
comment on column loads.discovered is 'Stories listed in it.';
comment on column loads.fetched is 'Responses for stories in it, other than 304 (not modified).';
comment on column loads.not_modified is 'Responses 304 (not modified) for stories in it.';
comment on column loads.extracted is 'Articles extracted in it.';
comment on column loads.unchanged is
'Articles extracted in it that left the story''s row as it was.';
comment on column loads.unknown_layout is
'Articles extracted in it from pages of an unknown layout.';

comment on table providers is 'One row per provider with a settled spelling (seed).';
comment on column providers.provider_code is 'As in articles.provider_code.';
comment on column providers.name is 'The spelling in articles.provider.';
