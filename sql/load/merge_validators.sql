-- Keeps each listing's newest validators.
-- Grain: one feed or listing page. Reads: staged_listing_validators, listing_validators.

insert into listing_validators by name
select
    url,
    arg_max(struct_pack(etag := etag), checked_at).etag as etag,
    arg_max(struct_pack(last_modified := last_modified), checked_at).last_modified as last_modified,
    max(checked_at) as checked_at
from staged_listing_validators
group by url
on conflict (url) do update
    set
        etag = excluded.etag,
        last_modified = excluded.last_modified,
        checked_at = excluded.checked_at
    where excluded.checked_at >= listing_validators.checked_at;
