-- Every figure has what its kind is made of, and nothing else; every range has two ends.
-- Severity: fail. Grain: one figure in one text. Reads: article_figures.

with
numbered as (
    select
        *,
        count(*) over (partition by article_id, range_id) as end_count
    from article_figures
)

select
    article_id,
    surface,
    kind,
    amount,
    currency,
    exchange,
    symbol,
    day,
    precision,
    range_id,
    entity_id
from numbered
where
    kind not in ('money', 'percentage', 'ticker', 'date')
    or (kind in ('money', 'percentage')) <> (amount is not null)
    or (kind <> 'money' and currency is not null)
    or (kind = 'ticker') <> (symbol is not null)
    or (kind <> 'ticker' and (exchange is not null or entity_id is not null))
    or (kind = 'date') <> (day is not null)
    or (kind = 'date') <> (precision is not null)
    or precision not in ('day', 'month', 'quarter', 'half', 'year')
    or amount < 0
    or (range_id is not null and end_count <> 2);
