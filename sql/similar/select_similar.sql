-- Which stories are about the same as one?
-- Grain: one story of each cluster but its own, most similar first. Reads: $article_id, $row_limit;
-- story_texts, articles; $files, the embeddings, which are normalised, so that the inner product is
-- the cosine.

-- noqa: disable=RF02

with
vectors as (
    select
        story.article_id,
        embedded.embedding::float[512] as embedding
    from story_texts as story
    inner join read_parquet($files) as embedded on story.text_sha256 = embedded.text_sha256
),

compared as (
    select
        other.article_id,
        array_inner_product(other.embedding, given.embedding) as similarity
    from vectors as other
    inner join vectors as given on given.article_id = $article_id
),

copies as (
    select
        article.*,
        round(compared.similarity::double, 3) as similarity
    from compared
    inner join articles as article on compared.article_id = article.article_id
    inner join articles as given on given.article_id = $article_id
    where article.cluster_id <> given.cluster_id
    qualify
        row_number() over (
            partition by article.cluster_id
            order by compared.similarity desc, article.article_id asc
        ) = 1
)

select
    article_id,
    similarity,
    published_date,
    language,
    provider,
    title
from copies
order by similarity desc, article_id desc
limit $row_limit;
