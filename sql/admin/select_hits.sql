-- Which stories does a search find, best first, and where in the text?
-- Grain: one story. Reads: $query and filters, each of which may be null: $since, $until (days,
-- UTC, both included), $provider (words of its name), $language, $place and $entity (a name or id),
-- $row_limit; articles, entity_aliases, entity_articles.
-- `snippet` is the stretch of the body with the most of the words, which stand between **.

with
named as (
    select
        entity_id,
        bool_or(entity_id = $place or tokenise(alias) = tokenise($place)) as is_place,
        bool_or(entity_id = $entity or tokenise(alias) = tokenise($entity)) as is_entity
    from entity_aliases
    where $place is not null or $entity is not null
    group by entity_id
),

naming as (
    select
        mentioned.article_id,
        bool_or(named.is_place and mentioned.type = 'place') as has_place,
        bool_or(named.is_entity) as has_entity
    from entity_articles as mentioned
    inner join named on mentioned.entity_id = named.entity_id
    where named.is_place or named.is_entity
    group by mentioned.article_id
),

hits as (
    select
        hit.article_id,
        hit.score,
        count(*) over () as hit_count
    from search($query) as hit
    inner join articles as article on hit.article_id = article.article_id
    left join naming on hit.article_id = naming.article_id
    where
        ($since is null or article.published_at >= $since::timestamptz)
        and ($until is null or article.published_at < $until::timestamptz + interval 1 day)
        and ($provider is null or list_has_all(tokenise(article.provider), tokenise($provider)))
        and ($language is null or article.language = lower($language))
        and ($place is null or naming.has_place)
        and ($entity is null or naming.has_entity)
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
