-- A run may end degraded: what it got was published, and the site refused most of one kind.

comment on column runs.status is
'running, completed, degraded (published, though most of one kind of address gave nothing) or
failed.';
comment on column runs.detail is 'Why it is failed or degraded, in one line.';
