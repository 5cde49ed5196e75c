-- Writes a month of the staged table to a Parquet file. Reads: exported; $month, $path.

-- noqa: disable=PRS

copy (
    select * exclude (month)
    from exported
    where month is not distinct from $month
) to $path (format parquet);
