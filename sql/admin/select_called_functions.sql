-- Which functions does a query call, as DuckDB's own parser reads it?
-- Grain: one row; `function_names` is null unless the text is exactly one SELECT statement.
-- Reads: nothing.

with parsed as (
    select json_serialize_sql($query::varchar) as tree
)

select
    case
        when json_array_length(parsed.tree -> '$.statements') = 1
            then list_transform(
                parsed.tree ->> '$..function_name', lambda called: lower(called)
            )
    end as function_names
from parsed;
