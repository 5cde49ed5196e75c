-- Every figure has what its kind is made of, and nothing else.
-- Severity: fail. Grain: one figure in one text. Reads: article_figures.

select
    article_id,
    surface,
    kind,
    amount,
    currency,
    exchange,
    symbol,
    day,
    precision
from article_figures
where
    kind not in ('money', 'percentage', 'ticker', 'date')
    or (kind in ('money', 'percentage')) <> (amount is not null)
    or (kind <> 'money' and currency is not null)
    or (kind = 'ticker') <> (symbol is not null)
    or (kind <> 'ticker' and exchange is not null)
    or (kind = 'date') <> (day is not null)
    or (kind = 'date') <> (precision is not null)
    or precision not in ('day', 'month', 'quarter', 'year')
    or amount < 0
    or not isfinite(amount);
