"""Collection that goes on, stumbles, and stops, as a reader sees it. Hours lie between one status and the next."""

from support.psql import sql


def runs(archive, mode, hours_ago, source="cron"):
    sql(archive, f"""INSERT INTO pipeline_runs (run_at, mode, source, fetched_count)
        SELECT now() - (n * 24 + {hours_ago}) * INTERVAL '1 hour', '{mode}', '{source}', n FROM generate_series(0, 9) AS n""")


def test_blindness_is_noticed_and_dated(serve, archive):
    server = serve()
    assert server.get("/v1/freshness")["status"] == "unknown"
    runs(archive, "priority", hours_ago=100)
    answer = server.get("/v1/freshness")
    due = sql(archive, "SELECT max(run_at) + INTERVAL '1 day' = %s FROM pipeline_runs".replace("%s", f"'{answer['blind_since']}'"))
    assert answer["status"] == "blind" and due == "t"
    modes = {each["mode"]: each for each in answer["modes"]}
    assert modes["priority"]["usual_interval_seconds"] == 86400 and modes["priority"]["blind_since"] == answer["blind_since"]
    assert list(modes) == ["priority", "discovery", "both", "refresh24h", "manual"]

    # Looking again at posts that are known, or by hand, does not count.
    runs(archive, "refresh24h", hours_ago=1)
    runs(archive, "manual", hours_ago=1)
    assert server.get("/v1/freshness")["status"] == "blind"
    runs(archive, "discovery", hours_ago=50)
    assert server.get("/v1/freshness")["status"] == "stale"
    runs(archive, "both", hours_ago=1)
    answer = server.get("/v1/freshness")
    assert answer["status"] == "live" and answer["blind_since"] is None
    assert [each["status"] for each in answer["modes"]] == ["blind", "stale", "live", "live", "unknown"]


def test_runs_are_listed_page_by_page(serve, archive):
    for mode in ("priority", "both"):
        for source in ("cron", "laptop"):
            runs(archive, mode, hours_ago=1, source=source)
    server = serve()
    pages, cursor = [], []
    while True:
        page = server.get("/v1/runs", [("mode", "both"), ("limit", "7")] + cursor)
        pages.append(page["items"])
        if page["next_cursor"] is None:
            break
        cursor = [("cursor", page["next_cursor"])]
    assert [len(page) for page in pages] == [7, 7, 6]
    listed = [(run["run_at"], run["source"]) for page in pages for run in page]
    assert len(set(listed)) == 20 and listed == sorted(listed, reverse=True)
