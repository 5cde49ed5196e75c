"""A marimo notebook on the published warehouse: `marimo edit data/examples/notebook.py`.

It needs the packages marimo and duckdb, and reads WIREHOUSE_DATA_DIR, or data/ without it.
"""

import marimo

app = marimo.App(app_title="The MENAFN newswire")


@app.cell
def _():
    import os

    import duckdb
    import marimo as mo

    path = os.path.join(os.environ.get("WIREHOUSE_DATA_DIR", "data"), "warehouse.duckdb")
    warehouse = duckdb.connect(path, read_only=True)

    def rows(query, *values):
        result = warehouse.execute(query, values)
        names = [column[0] for column in result.description]
        return [dict(zip(names, row)) for row in result.fetchall()]

    return mo, rows


@app.cell
def _(mo, rows):
    mo.vstack(
        [
            mo.md("# What stories are about"),
            mo.ui.table(
                rows(
                    "select topic, count(*) as stories from article_topics group by all order by all"
                )
            ),
        ]
    )


@app.cell
def _(mo):
    words = mo.ui.text(value="water", label="Words that a story must have")
    words
    return (words,)


@app.cell
def _(mo, rows, words):
    found = rows(
        "select published_date, provider, title from search(?, 20) "
        "join articles using (article_id) order by score desc, article_id",
        words.value,
    )
    mo.ui.table(found)


if __name__ == "__main__":
    app.run()
