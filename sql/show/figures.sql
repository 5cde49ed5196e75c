-- Which sums, percentages, tickers and dates does one story print, in their order?
-- Grain: one figure. Reads: $article_id; article_figures.

with
figures as (
    select
        *,
        rtrim(rtrim(amount::varchar, '0'), '.') as plain_amount
    from article_figures
    where article_id = $article_id
)

select
    surface,
    kind,
    concat_ws(' ', plain_amount, currency, symbol, day::varchar) as value,
    amount_usd,
    part
from figures
order by part desc, start_char asc;
