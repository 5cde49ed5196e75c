-- Quotations with their speakers, and the sentences that names, figures and quotations are in.

-- the sentences are stored from here on
drop macro if exists main.sentence_at;

alter table ops.mentions add column sentence_number integer;

comment on column ops.mentions.sentence_number is
'The sentence it is in, of the body from 1; 0 in the title; null in rows of earlier versions.';

alter table ops.article_figures add column sentence_number integer;

comment on column ops.article_figures.sentence_number is
'The sentence it is in, of the body from 1; 0 in the title; null in rows of earlier versions.';

alter table ops.annotation_stamps add column sentence_starts integer[];

comment on column ops.annotation_stamps.sentence_starts is
'The code points of the body, from 0, at which its sentences start; null in rows of earlier
versions.';

create table ops.quotes (
    article_id bigint not null,
    quote_number integer not null,
    start_char integer not null,
    end_char integer not null,
    surface varchar not null,
    sentence_number integer not null,
    speaker varchar not null,
    entity_id varchar
);

comment on table ops.quotes is
'One row per quotation with a certain speaker in the current text of an article.';
comment on column ops.quotes.article_id is 'The story.';
comment on column ops.quotes.quote_number is 'Its number in the story, from 1.';
comment on column ops.quotes.start_char is 'First code point of the words in the body, from 0.';
comment on column ops.quotes.end_char is 'One past their last code point.';
comment on column ops.quotes.surface is 'The words as printed.';
comment on column ops.quotes.sentence_number is 'The sentence in which they start, from 1.';
comment on column ops.quotes.speaker is 'Who speaks, as printed.';
comment on column ops.quotes.entity_id is
'The full name that the speaker stands for, in ops.entities; null where it was not recognised.';
