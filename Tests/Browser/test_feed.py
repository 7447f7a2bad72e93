from playwright.sync_api import expect

from helpers import answer, card, drawer_shows, feed_item, feed_of, older_loaded, serve, settled, shown_ids


def test_feed_has_the_order_of_the_api_newest_first(open_page, api):
    expected = api.everything(most=50)
    page = open_page()
    ids = shown_ids(page)[: len(expected)]
    assert ids == [item["status_id"] for item in expected][: len(ids)]
    times = page.locator("#posts .open time").evaluate_all("nodes => nodes.map((node) => node.dateTime)")
    assert times == sorted(times, reverse=True)


def test_older_pages_never_repeat_or_lose_a_post(open_page, api):
    expected = [item["status_id"] for item in api.everything(most=120)][:120]
    assert len(expected) >= 120
    page = open_page()
    while (before := len(shown_ids(page))) < len(expected):
        page.locator("#older").scroll_into_view_if_needed()
        older_loaded(page, before)
    ids = shown_ids(page)
    assert len(ids) == len(set(ids))
    assert ids[: len(expected)] == expected


def test_older_posts_is_a_button_that_needs_no_scrolling(open_page, api):
    first, second = feed_item(status_id="2"), feed_item(status_id="1", discovered_at="2026-02-21T13:05:09.000000Z")

    def pages(page):
        # Load-on-approach off: what remains is the button.
        page.add_init_script("window.IntersectionObserver = class { observe() {} disconnect() {} }")
        page.route("**/v1/feed*", lambda route: answer(route, feed_of(second) if "cursor=" in route.request.url else feed_of(first, next_cursor="next")))

    page = open_page(prepare=pages)
    assert shown_ids(page) == ["2"]
    page.get_by_role("button", name="Older posts").press("Enter")
    expect(page.get_by_text("That is everything: ")).to_be_visible()
    assert shown_ids(page) == ["2", "1"]
    assert page.evaluate("document.activeElement.closest('.post')?.dataset.id") == "1"


def test_an_empty_page_with_a_cursor_is_not_the_end(open_page):
    item = feed_item()

    def pages(page):
        page.route("**/v1/feed*", lambda route: answer(route, feed_of(item) if "cursor=" in route.request.url else feed_of(next_cursor="go-on")))

    page = open_page(prepare=pages)
    assert shown_ids(page) == [item["status_id"]]


def test_marks_and_reasons(open_page, api):
    significant = api.feed(significant="true", reported="true")[0]
    page = open_page("/?significant=true&reported=true")
    first = card(page, significant["status_id"])
    expect(first.locator(".reason")).to_contain_text("Significant")
    expect(first.locator(".reason")).to_contain_text(" ".join(significant["significance_reason"].split()))
    expect(first.locator(".reported")).to_be_visible()
    page = open_page("/?significant=false&reported=false")
    expect(page.locator(".post").first).to_be_visible()
    assert page.locator(".post .reason:visible").count() == 0
    assert page.locator(".post .reported:visible").count() == 0


def test_numbers_are_compact_with_the_exact_number_at_hand(open_page):
    page = open_page(prepare=lambda page: serve(page, [feed_item()]))
    counters = page.locator(".post .counters > div")
    assert counters.locator("dd").all_inner_texts() == ["0", "5", "1.2K", "1.3M"]
    assert counters.evaluate_all("nodes => nodes.map((node) => node.title)") == ["0 replies", "5 reposts", "1,234 likes", "1,250,000 views"]


def test_a_counter_is_told_by_a_picture_to_the_eye_and_by_a_word_to_the_ear(open_page):
    pictures = []
    page = open_page(prepare=lambda page: (serve(page, [feed_item()]), page.on("response", lambda answer: pictures.append(answer.status) if answer.url.endswith("/counters.svg") else None)))
    heard = [node["name"]["value"] for node in page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"] if not node["ignored"] and node["role"]["value"] == "StaticText"]
    assert [word for word in heard if word in ("replies", "reposts", "likes", "views")] == ["replies", "reposts", "likes", "views"]
    words = page.locator(".post .counters dt")
    assert words.evaluate_all("nodes => new Set(nodes.map((node) => getComputedStyle(node).backgroundPositionY)).size") == 4
    page.emulate_media(forced_colors="active")
    assert set(words.evaluate_all("nodes => nodes.map((node) => getComputedStyle(node).color)")) == {"rgba(0, 0, 0, 0)"}
    page.wait_for_load_state("networkidle")
    assert pictures == [200]


def test_summary_counts_are_the_apis_and_lead_to_what_they_count(open_page, api):
    summary = api.get("/stats/summary")
    page = open_page()
    todo = page.locator("[data-count=unreported_significant]")
    expect(todo).to_have_attribute("title", f"{summary['unreported_significant']:,}")
    todo.click()
    page.wait_for_url("**/?significant=true&reported=false")
    settled(page)
    assert shown_ids(page)[:10] == [item["status_id"] for item in api.feed(significant="true", reported="false")][:10]


def test_refresh_announces_new_posts_and_moves_nothing(open_page):
    old, new = feed_item(), feed_item(status_id="1890000000000000002", discovered_at="2026-02-22T14:00:00.000000Z")
    now = {"answer": feed_of(old)}
    page = open_page(prepare=lambda page: page.route("**/v1/feed*", lambda route: answer(route, now["answer"])))
    now["answer"] = feed_of(new, {**old, "likes": 9_900})
    page.get_by_role("button", name="Refresh").click()
    offer = page.get_by_role("button", name="Show 1 new post")
    expect(offer).to_be_visible()
    expect(page.locator("#announcements")).to_have_text("1 new post")
    assert shown_ids(page) == [old["status_id"]]
    expect(page.locator(".post .counters dd").nth(2)).to_have_text("9.9K")
    offer.click()
    expect(page.locator(".post")).to_have_count(2)
    assert shown_ids(page) == [new["status_id"], old["status_id"]]


def test_a_click_anywhere_on_a_card_opens_the_post(open_page):
    page = open_page()
    first = shown_ids(page)[0]
    card(page, first).locator(".post-foot").click()
    drawer_shows(page, first)
