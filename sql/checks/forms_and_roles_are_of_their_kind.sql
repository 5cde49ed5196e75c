-- Every mention's form is a known one, and only a person has a role.
-- Severity: fail. Grain: one name in one text. Reads: mentions, entities, fresh.

with
looked_at as materialized (
    select
        mention.article_id,
        mention.entity_id,
        mention.surface,
        mention.form,
        mention.role
    from mentions as mention
    where
        $everything
        or mention.article_id in (select story.article_id from fresh as story)
)

select
    mention.article_id,
    mention.surface,
    mention.form,
    mention.role
from looked_at as mention
inner join entities as entity on mention.entity_id = entity.entity_id
where
    mention.form not in ('exact', 'transliteration', 'short', 'acronym', 'table')
    or (mention.role is not null and entity.type <> 'person')
    or mention.role = '';
