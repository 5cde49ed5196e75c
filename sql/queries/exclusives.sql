-- Of what happened, how much did each provider report alone?
-- Grain: one provider. Reads: events.

select
    first_provider,
    count(*) as event_count,
    count(*) filter (where provider_count = 1) as exclusive_count,
    arg_max(headline, (first_published_at, event_id)) filter (
        where provider_count = 1
    ) as newest_exclusive
from events
group by first_provider
order by exclusive_count desc, first_provider asc
limit 20;
