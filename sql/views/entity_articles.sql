-- In which articles each person, organisation and place is named.
-- Grain: one entity and article. Reads: mentions, articles.
-- The title is no key: grouping by a long text is slow, and a query without a use for it drops it.

create or replace view entity_articles as
select
    mention.entity_id,
    mention.type,
    mention.name,
    mention.article_id,
    article.cluster_id,
    article.published_at,
    any_value(article.title) as title,
    count(*) as mention_count,
    bool_or(mention.part = 'title') as is_in_title,
    arg_min(mention.role, mention.start_char) filter (where mention.role is not null) as role
from mentions as mention
inner join ops.articles as article on mention.article_id = article.article_id
group by all;

comment on view entity_articles is
'One row per person, organisation or place and article that names it.';
comment on column entity_articles.entity_id is 'Who or what is named, in entities.';
comment on column entity_articles.type is 'person, organization or place.';
comment on column entity_articles.name is 'Its name.';
comment on column entity_articles.article_id is 'The story.';
comment on column entity_articles.cluster_id is
'The smallest id of the same story, so that copies can be counted once.';
comment on column entity_articles.published_at is 'When the story was published.';
comment on column entity_articles.title is 'The story''s headline.';
comment on column entity_articles.mention_count is 'How often the story names it.';
comment on column entity_articles.is_in_title is 'Whether the headline names it.';
comment on column entity_articles.role is
'The first role printed next to a person''s name there; null without one.';
