-- Which stories does a search find, best first, and where in the text?
-- Grain: one story. Reads: $query and filters, each of which may be null: $since, $until (days,
-- UTC, both included), $provider (words of its name), $language, $place and $entity (a name or id),
-- $row_limit; search, search_words, articles, mentions, entities_named.
-- `snippet` is the stretch of the body with the most of the words, which stand between **.

-- noqa: disable=RF02, LT05

with
hits as (
    select
        hit.article_id,
        hit.score,
        count(*) over () as hit_count
    from search($query) as hit
    inner join articles as article on hit.article_id = article.article_id
    where
        ($since is null or article.published_at >= $since::timestamptz)
        and ($until is null or article.published_at < $until::timestamptz + interval 1 day)
        and ($provider is null or list_has_all(tokenise(article.provider), tokenise($provider)))
        and ($language is null or article.language = lower($language))
        and (
            $place is null
            or hit.article_id in (
                select mention.article_id
                from mentions as mention
                where
                    mention.type = 'place'
                    and mention.entity_id in (select named.entity_id from entities_named($place) as named)
            )
        )
        and (
            $entity is null
            or hit.article_id in (
                select mention.article_id
                from mentions as mention
                where mention.entity_id in (select named.entity_id from entities_named($entity) as named)
            )
        )
    order by hit.score desc, hit.article_id desc
    limit $row_limit
),

words as (
    select
        coalesce(list(term) filter (where not is_prefix), []) as terms,
        coalesce(list(term) filter (where is_prefix), []) as beginnings
    from search_words($query)
    where not is_excluded
),

split as (
    select
        hit.*,
        article.published_at,
        article.provider,
        string_split_regex(article.title, '\s+') as title_words,
        string_split_regex(article.body, '\s+') as body_words,
        words.terms,
        words.beginnings
    from hits as hit
    inner join articles as article on hit.article_id = article.article_id
    cross join words
),

marked as (
    select
        *,
        list_transform(
            [title_words, body_words],
            lambda text_words: list_transform(
                text_words,
                lambda word: if(
                    list_has_any(tokenise(word), terms)
                    or len(
                        list_filter(
                            tokenise(word),
                            lambda term: len(
                                list_filter(
                                    beginnings, lambda beginning: starts_with(term, beginning)
                                )
                            ) > 0
                        )
                    ) > 0,
                    regexp_replace(
                        word, '^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}\p{M}]*)$', '\1**\2**\3'
                    ),
                    word
                )
            )
        ) as parts
    from split
),

placed as (
    select
        *,
        list_filter(
            range(1, len(body_words) + 1), lambda place: parts[2][place] <> body_words[place]
        ) as places
    from marked
),

windows as (
    select
        *,
        greatest(
            1,
            -4 + coalesce(
                list_sort(
                    list_transform(
                        places,
                        lambda place: (
                            -len(list_filter(places, lambda other: other between place and place + 24)),
                            place
                        )
                    )
                )[1][2],
                5
            )
        ) as first_word
    from placed
)

select
    article_id,
    (published_at at time zone 'UTC')::date as published_date,
    provider,
    array_to_string(parts[1], ' ') as title,
    concat(
        if(first_word > 1, '… ', ''),
        array_to_string(parts[2][first_word:first_word + 29], ' '),
        if(first_word + 29 < len(body_words), ' …', '')
    ) as snippet,
    round(score, 2) as score,
    hit_count
from windows
order by windows.score desc, article_id desc;
