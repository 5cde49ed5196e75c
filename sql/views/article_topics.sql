-- What each story is about.
-- Grain: one story and topic. Reads: article_topics, topics.

create or replace view article_topics as
select
    found.article_id,
    found.topic_code,
    topics.name as topic,
    found.score
from ops.article_topics as found
inner join topics on found.topic_code = topics.topic_code;

comment on view article_topics is
'One row per story and subject of its current text, at most three a story, found by the weights of
the terms that the text has. On 313 invented stories, 86 of them Arabic, the mean F1 of the topics is
0.86: religion, education and arts are found best, lifestyle, economy and human interest worst. No
real copy was labelled, which is longer and less plain: expect less of it.';
comment on column article_topics.article_id is 'The story.';
comment on column article_topics.topic_code is
'The code of IPTC Media Topics, such as medtop:15000000.';
comment on column article_topics.topic is 'Its name, as in topics.';
comment on column article_topics.score is
'The sum of the weights of the terms that the text has; it grows with the length of the text.';
