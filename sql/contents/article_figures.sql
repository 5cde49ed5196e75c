-- Sums of money, percentages, tickers and dates in the articles.
-- Grain: one figure. Reads: article_figures.

create or replace temp view contents as
select *
from article_figures;
