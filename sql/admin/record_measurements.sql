-- Keeps what a run measured on its way.
-- Grain: one run and quantity. Reads: nothing but $run_id, $now, and $names and $values, in the
-- same order.

insert into measurements by name
select
    $run_id as run_id,
    unnest($names::varchar[]) as name,
    unnest($values::double[]) as value,
    $now as measured_at;
