-- Gives internal tables, columns and views the names that the field has for such things.
-- Grain: none; rows stay as they are, but for the outcome of a feed gap. Reads: the tables renamed.
-- Views and seeds are made anew from their files; those whose name changes are dropped here.

drop view if exists untried_ranges;

drop view if exists calibration_lines;

delete from applied_files
where
    path in (
        'seeds/id_dates.sql', 'seeds/providers.sql', 'seeds/reject_reasons.sql',
        'views/untried_ranges.sql', 'views/calibration_lines.sql'
    );

alter table sightings rename to listing_entries;

comment on table listing_entries is 'One row per story and feed or listing page that shows it.';

alter table forgotten rename to tombstones;

comment on table tombstones is
'One row per story that wirehouse forget deleted; nothing else is kept of it.';
comment on column tombstones.forgotten_at is 'When its deletion was first requested.';

alter table loss_windows rename to feed_gaps;

alter table feed_gaps rename column polled_before_at to previous_polled_at;

alter table feed_gaps rename column noticed_at to detected_at;

alter table feed_gaps rename column settled_count to resolved_count;

alter table feed_gaps rename column found_count to recovered_count;

alter table feed_gaps rename column closed_how to outcome;

update feed_gaps
set outcome = case outcome when 'found' then 'recovered' else 'nothing-missed' end
where outcome is not null;

comment on table feed_gaps is
'One row per feed and poll that shares no story with the poll before it: stories may have passed
through the feed unseen in between. Their ids lie in the gap, among those of other feeds.';
comment on column feed_gaps.resolved_count is
'Ids of the gap that a listing showed, or that were requested and answered.';
comment on column feed_gaps.recovered_count is
'Stories of the gap that are in articles only because they were requested by id.';
comment on column feed_gaps.closed_at is
'When the last of its ids was resolved; null while the gap is open.';
comment on column feed_gaps.outcome is
'recovered (requests by id brought stories) or nothing-missed; null while the gap is open.';

alter table cluster_bands rename to minhash_bands;

alter table recognitions rename to annotation_stamps;

alter table appearances rename to entity_contexts;

comment on table entity_contexts is
'One row per person of person_profiles and article whose current text names it.';

alter table person_names rename to person_profiles;

comment on column person_profiles.companions is
'Those of entity_contexts that are in a tenth of its articles or more.';

alter table listings rename to listing_validators;

alter table id_dates rename to id_anchors;

alter table id_days rename to id_day_medians;

comment on table id_day_medians is
'One row per day with stories that a page, feed or token dates: refines id_anchors at every load.';

alter table articles rename column damage to text_defects;

comment on column articles.text_defects is
'Slugs of defects of the text that were detected and left as they are.';

alter table runs rename column wire to base_url;

comment on column runs.base_url is
'The address requested as the site; stories of a local one are a replay''s or invented.';

alter table entity_decisions rename column ruling to decision;

comment on table entity_decisions is
'One row per pair decided by wirehouse entities merge or split; a rebuild keeps it.';

comment on column reject_reasons.reason_group is
'missing (the site has no such story), no-story (an answer without a story in it), forbidden,
unreadable (an answer that can''t be read), inconsistent (a story that contradicts itself),
transient (it is requested again) or listing (rejected before any story was known).';
