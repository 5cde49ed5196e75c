-- The figures that articles print, and what found each article's names and figures.
-- Grain: one figure in one text; one article. Reads: nothing.

create table article_figures (
    article_id bigint not null,
    part varchar not null,
    start_char integer not null,
    end_char integer not null,
    surface varchar not null,
    kind varchar not null,
    amount double,
    currency varchar,
    exchange varchar,
    symbol varchar,
    day date,
    precision varchar
);

comment on table article_figures is
'One row per sum of money, percentage, ticker or date that an article''s current text prints.';
comment on column article_figures.article_id is 'The story.';
comment on column article_figures.part is 'Which text: title or body.';
comment on column article_figures.start_char is
'First code point of the figure in that text, counted from 0.';
comment on column article_figures.end_char is 'One past its last code point.';
comment on column article_figures.surface is 'The figure as printed.';
comment on column article_figures.kind is 'money, percentage, ticker or date.';
comment on column article_figures.amount is
'Units of the currency, or percentage points; null for tickers and dates.';
comment on column article_figures.currency is
'ISO 4217 code of a sum of money; null where the text leaves it open.';
comment on column article_figures.exchange is
'The exchange as the ticker names it; null where it names none.';
comment on column article_figures.symbol is 'The share''s code at the exchange.';
comment on column article_figures.day is
'The day of a date, or the first of its month, quarter or year, by the story''s own day.';
comment on column article_figures.precision is
'How much of day is meant: day, month, quarter or year.';

create table recognitions (
    article_id bigint not null,
    text_sha256 varchar not null,
    recogniser varchar not null,
    figures_version integer not null
);

comment on table recognitions is
'One row per article: which text its mentions and figures are of, and what found them.';
comment on column recognitions.article_id is 'The story.';
comment on column recognitions.text_sha256 is
'Hexadecimal SHA-256 of title, line break and body in UTF-8.';
comment on column recognitions.recogniser is
'Name and version of what looked for names, as in mentions.recogniser; none where nothing did.';
comment on column recognitions.figures_version is
'Version of the rules that looked for figures; 0 where none did.';
