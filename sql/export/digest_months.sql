-- How many rows each month of the staged table has, and a digest of them in any order.
-- Grain: one month. Reads: exported.

with
row_texts as (
    select
        month,
        to_json(exported)::varchar as row_text
    from exported
)

select
    month,
    count(*) as row_count,
    printf(
        '%x-%x',
        sum(md5_number_upper(row_text)) % 9223372036854775807,
        sum(md5_number_lower(row_text)) % 9223372036854775807
    ) as digest
from row_texts
group by month
order by month;
