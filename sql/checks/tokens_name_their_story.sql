-- Every closing token ends in the id of the story it closes, and its codes are the row's.
-- Severity: fail. Grain: one story. Reads: articles.

select
    article_id,
    menafn_token
from articles
where
    menafn_token is not null
    and (
        menafn_token not like concat('%ID', article_id)
        or menafn_token not like concat('MENAFN________', provider_code, account_code, 'ID%')
    );
