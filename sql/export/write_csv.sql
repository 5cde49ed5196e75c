-- Writes a month of the staged table to a CSV file, lists and structs as JSON. Reads: exported;
-- $month, $path.

-- noqa: disable=PRS

copy (
    select
        case
            when typeof(columns(* exclude (month))) similar to '(STRUCT|MAP|JSON).*|.*\[\]'
                then to_json(columns(* exclude (month)))::varchar
            else columns(* exclude (month))::varchar
        end as '\0'
    from exported
    where month is not distinct from $month
) to $path (format csv, header true);
