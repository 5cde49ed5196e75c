-- What each reason for a refusal means, so that refusals can be told in groups.
-- Grain: one reason. Reads: nothing.

create table reject_reasons (
    reason varchar primary key,
    reason_group varchar not null,
    meaning varchar not null
);

comment on table reject_reasons is
'One row per reason for which the program refuses a thing, with its meaning; a seed.';
comment on column reject_reasons.reason is 'The slug, as in rejects.reason.';
comment on column reject_reasons.reason_group is
'hole (the wire has no such story), storyless (an answer without a story in it), forbidden,
unusable (an answer that can''t be read), contradictory (a story that contradicts itself), passing
(a trouble of a moment: it is asked for again) or listing (refused before any story was known).';
comment on column reject_reasons.meaning is 'What it says, in one line.';
