-- Drops the entities that no text names any more.
-- Grain: one entity. Reads: lost_entities, mentions.

create or replace temp table unnamed_entities as
select lost.entity_id
from lost_entities as lost
anti join mentions as mention on lost.entity_id = mention.entity_id;

delete from entities
where entity_id in (select unnamed.entity_id from unnamed_entities as unnamed);

delete from person_profiles
where entity_id in (select unnamed.entity_id from unnamed_entities as unnamed);

delete from entity_candidates
where
    entity_id in (select unnamed.entity_id from unnamed_entities as unnamed)
    or other_id in (select unnamed.entity_id from unnamed_entities as unnamed);
