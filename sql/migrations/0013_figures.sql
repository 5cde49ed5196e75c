-- Amounts as printed, the two ends of ranges, and the company of a ticker.
-- Grain: one figure in one text. Reads: article_figures.

alter table article_figures alter column amount type decimal(38, 6);

alter table article_figures add column range_id integer;

alter table article_figures add column entity_id varchar;

comment on column article_figures.amount is
'Units of the currency, or percentage points, as printed; null for tickers and dates.';
comment on column article_figures.currency is
'ISO 4217 code of a sum of money; null where the text leaves it open, as with plain dinars.';
comment on column article_figures.day is
'The day of a date, or the first day of its month, quarter, half or year, resolved by the story''s
day and by what the text says of it.';
comment on column article_figures.precision is
'How much of day is meant: day, month, quarter, half or year.';
comment on column article_figures.range_id is
'Number of the range, within the article, of which the figure is an end; null where it is none.';
comment on column article_figures.entity_id is
'The organisation named right before a ticker, as in mentions; null where there is none.';
