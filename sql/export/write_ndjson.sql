-- Writes a month of the staged table to a file of one JSON object a line. Reads: exported; $month,
-- $path.

-- noqa: disable=PRS

copy (
    select * exclude (month)
    from exported
    where month is not distinct from $month
) to $path (format json, timestampformat '%Y-%m-%dT%H:%M:%S.%fZ');
