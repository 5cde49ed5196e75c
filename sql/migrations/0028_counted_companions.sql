-- Most persons' counted companions are the companions that count, and are stored once.

update ops.person_profiles
set counted_companions = []
where counted_companions = companions;

comment on column ops.person_profiles.counted_companions is
'Companions whose articles are counted: all, or of very many the most frequent ones. Empty where'
' they are those of companions.';
