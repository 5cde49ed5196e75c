-- Replaces the figures of every story whose row the batch wrote, and what found them.
-- Grain: one figure in one text; one article.
-- Reads: staged_article_figures, staged_annotation_stamps, readings, article_figures,
-- annotation_stamps.
-- A figure counts where the current text has its surface at its place, as a mention does.

delete from article_figures
where
    article_id in (
        select reading.article_id from readings as reading
        where reading.action in ('update', 'retag')
    );

insert into article_figures by name
select distinct
    staged.article_id,
    staged.part,
    staged.start_char,
    staged.end_char,
    staged.surface,
    staged.kind,
    staged.amount,
    staged.currency,
    staged.exchange,
    staged.symbol,
    staged.day,
    staged.precision
from staged_article_figures as staged
inner join readings as reading
    on
        staged.article_id = reading.article_id
        and staged.body_sha256 = reading.body_sha256
where
    reading.action in ('insert', 'update', 'retag')
    and staged.surface = substring(
        case when staged.part = 'title' then reading.title else reading.body end,
        staged.start_char + 1,
        staged.end_char - staged.start_char
    );

delete from annotation_stamps
where
    article_id in (
        select reading.article_id from readings as reading
        where reading.action in ('update', 'retag')
    );

insert into annotation_stamps by name
select distinct on (staged.article_id)
    staged.article_id,
    staged.text_sha256,
    staged.recogniser,
    staged.figures_version
from staged_annotation_stamps as staged
inner join readings as reading
    on
        staged.article_id = reading.article_id
        and staged.text_sha256 = sha256(concat(reading.title, chr(10), reading.body))
where reading.action in ('insert', 'update', 'retag');
