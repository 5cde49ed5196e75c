-- Sums of money, percentages, tickers and dates in the current texts of articles.
-- Grain: one figure in one text. Reads: article_figures, currency_rates, entities.

create or replace view article_figures as
select
    figure.article_id,
    figure.part,
    figure.start_char,
    figure.end_char,
    figure.surface,
    figure.kind,
    figure.amount,
    figure.currency,
    figure.exchange,
    figure.symbol,
    figure.day,
    figure.precision,
    figure.range_id,
    named.canonical_id as entity_id,
    try_cast(figure.amount / rate.units_per_usd as decimal(38, 2)) as amount_usd,
    figure.sentence_number
from ops.article_figures as figure
left join ops.entities as named on figure.entity_id = named.entity_id
left join currency_rates as rate on figure.currency = rate.currency;

comment on view article_figures is
'One row per sum of money, percentage, ticker or date that an article''s current text prints.';
comment on column article_figures.article_id is 'The story.';
comment on column article_figures.part is 'Which text: title or body.';
comment on column article_figures.start_char is
'First code point of the figure in that text, counted from 0.';
comment on column article_figures.end_char is 'One past its last code point.';
comment on column article_figures.surface is 'The figure as printed.';
comment on column article_figures.kind is 'money, percentage, ticker or date.';
comment on column article_figures.amount is
'Units of the currency, or percentage points, as printed; null for tickers and dates.';
comment on column article_figures.currency is
'ISO 4217 code of a sum of money; null where the text leaves it open, as with plain dinars.';
comment on column article_figures.exchange is
'The exchange as the ticker names it; null where it names none.';
comment on column article_figures.symbol is 'The share''s code at the exchange.';
comment on column article_figures.day is
'The day of a date, or the first day of its month, quarter, half or year, resolved by the story''s
day and by what the text says of it.';
comment on column article_figures.precision is
'How much of day is meant: day, month, quarter, half or year.';
comment on column article_figures.range_id is
'Number of the range, within the article, of which the figure is an end; null where it is none.';
comment on column article_figures.entity_id is
'The organisation named right before a ticker, in entities; null where there is none.';
comment on column article_figures.amount_usd is
'The sum in US dollars, by currency_rates; null for currencies without a fixed rate.';
comment on column article_figures.sentence_number is
'The sentence it is in, see sentences; null until wirehouse rebuild --entities has numbered it.';
