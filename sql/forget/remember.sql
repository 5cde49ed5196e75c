-- Notes that stories are being taken down; one that was before keeps its day and its reason.
-- Grain: one story of $article_ids. Reads: nothing.

insert into tombstones by name
select
    unnest($article_ids::bigint[]) as article_id,
    $now::timestamptz as forgotten_at,
    $reason as reason,
    null as erased_at
on conflict do update
    set erased_at = null;
