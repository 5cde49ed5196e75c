-- The subjects of stories; sql/views/topics_of_terms.sql fills both internal tables.

create table main.topics (
    topic_code varchar primary key,
    name varchar not null
);

comment on table main.topics is
'One row per subject of the top level of IPTC Media Topics (seed; IPTC, CC BY 4.0).';
comment on column main.topics.topic_code is 'Its code, such as medtop:15000000.';
comment on column main.topics.name is 'Its English name, such as sport.';

create table ops.topic_terms (
    topic_code varchar not null,
    term varchar not null,
    weight integer not null
);

comment on table ops.topic_terms is 'One row per term and the topic that it is a sign of (seed).';
comment on column ops.topic_terms.topic_code is 'The topic.';
comment on column ops.topic_terms.term is
'The term: one word or some, as tokenise() gives them, a blank between, that stand so in a text.';
comment on column ops.topic_terms.weight is
'How strong a sign it is: 1 weak to 6 certain; less than 0 against the topic.';

create table ops.article_topics (
    article_id bigint not null,
    topic_code varchar not null,
    score decimal(9, 1) not null
);

comment on table ops.article_topics is
'One row per article and topic of its current text; main.article_topics has its name.';
comment on column ops.article_topics.article_id is 'The article.';
comment on column ops.article_topics.topic_code is 'The topic.';
comment on column ops.article_topics.score is
'The sum of the weights of the terms that the text has, more for a term that recurs.';
