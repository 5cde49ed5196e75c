select
    date_trunc('month', articles.published_date) as published_month,
    found.topic,
    count(*) as story_count
from {{ source('wirehouse', 'article_topics') }} as found
inner join {{ source('wirehouse', 'articles') }} as articles using (article_id)
group by all
