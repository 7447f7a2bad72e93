"""How many posts each value of a filter would leave, beside the value."""

import re

import pytest
from playwright.sync_api import expect

from helpers import answer, ids_of, open_menu, problem, settled, shown_ids


def count_of(page, menu, name, value):
    return page.locator(f"[data-menu={menu}] label:has(input[name={name}][value='{value}']) .count")


@pytest.mark.parametrize("search", ["", "significant=true&q=a", "tier=teammate&reported=false"])
def test_tiers_have_the_counts_of_all_other_filters(open_page, api, search):
    page = open_page(f"/?{search}")
    others = {name: value for name, value in (part.split("=") for part in search.split("&") if part) if name != "tier"}
    facets = api.get("/facets", **others)
    open_menu(page, "tier")
    for tier, posts in facets["tier"].items():
        expect(count_of(page, "tier", "tier", tier)).to_have_text(f"{posts:,}")
    expect(page.get_by_role("checkbox", name="Ecosystem", exact=True)).to_have_accessible_description(f"{facets['tier']['ecosystem']:,} posts")


def test_counts_follow_the_other_filters_while_the_menu_is_open(open_page, api):
    page = open_page("/?tier=teammate")
    open_menu(page, "status")
    for value in ("true", "false"):
        expect(count_of(page, "status", "significant", value)).to_have_text(f"{api.get('/facets', tier='teammate')['significant'][value]:,}")
    page.get_by_role("group", name="Significant").get_by_label("Yes").check()
    page.wait_for_url("**/?tier=teammate&significant=true")
    expected = api.get("/facets", tier="teammate", significant="true")["reported"]
    for value in ("true", "false"):
        expect(count_of(page, "status", "reported", value)).to_have_text(f"{expected[value]:,}")
    expect(count_of(page, "status", "significant", "false")).not_to_have_text("0")


def test_counts_that_did_not_reach_the_end_say_so(open_page):
    facets = {
        "partial": True, "covered_since": "2026-02-12T13:05:00.000000Z", "total": 9,
        "tier": {"teammate": 1, "influencer": 5, "ecosystem": 0, "none": 3}, "handle": {"top": [], "other_values": 0, "other_posts": 0}}
    page = open_page(prepare=lambda page: page.route("**/v1/facets*", lambda route: answer(route, facets)))
    menu = open_menu(page, "tier")
    expect(menu.locator(".covered")).to_have_text("Counted back to 12 Feb, 14:05")
    expect(count_of(page, "tier", "tier", "ecosystem")).to_have_text("0")


def test_without_counts_the_menus_work_all_the_same(open_page):
    page = open_page(prepare=lambda page: page.route("**/v1/facets*", lambda route: answer(route, problem(503, "Busy"), 503)))
    menu = open_menu(page, "tier")
    menu.get_by_label("Teammate", exact=True).check()
    page.wait_for_url("**/?tier=teammate")
    assert set(menu.locator(".count").all_inner_texts()) == {""}
    box = open_menu(page, "handle").get_by_role("combobox")
    box.fill("@Ada")
    box.press("Enter")
    page.wait_for_url("**/?tier=teammate&handle=ada")


def test_authors_are_listed_by_their_posts_with_tier_and_count(open_page, api):
    page = open_page()
    top = api.get("/facets", top=100)["handle"]["top"]
    tiers = {account["handle"]: account["tier"].capitalize() for account in api.get("/watch-accounts")["items"]}
    options = open_menu(page, "handle").get_by_role("option")
    expect(options).to_have_count(50)
    for at in range(5):
        handle, posts = top[at]["value"], top[at]["posts"]
        tier = f"{tiers[handle]}, " if handle in tiers else ""
        expect(options.nth(at)).to_have_accessible_name(f"{handle}, {tier}{posts} posts")


def test_an_author_is_picked_and_given_back_with_the_keyboard_alone(open_page, api):
    page = open_page()
    top = [entry["value"] for entry in api.get("/facets", top=100)["handle"]["top"]]
    page.locator("[data-menu=handle] summary").press("Enter")
    box = page.locator("[data-menu=handle]").get_by_role("combobox")
    expect(page.get_by_role("option").first).to_be_visible()
    box.focus()
    for _ in range(2):
        box.press("ArrowDown")
    active = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    expect(active).to_have_attribute("data-value", top[1])
    box.press("Enter")
    page.wait_for_url(f"**/?handle={top[1]}")
    settled(page)
    expected = ids_of(api.feed(handle=top[1]))
    assert shown_ids(page) == expected[: len(shown_ids(page))]
    expect(box).to_be_focused()
    expect(page.get_by_role("option", selected=True)).to_have_attribute("data-value", top[1])
    box.press("ArrowUp")
    assert page.locator(".picker .active").count() == 1
    box.fill(top[1])
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url(re.compile(r"/$"))


def test_the_list_follows_what_is_typed(open_page, api):
    page = open_page()
    top = [entry["value"] for entry in api.get("/facets", top=100)["handle"]["top"]]
    part = top[0][1:4]
    box = open_menu(page, "handle").get_by_role("combobox")
    expect(page.get_by_role("option").first).to_be_visible()
    box.fill(part)
    shown = page.get_by_role("option").evaluate_all("rows => rows.map((row) => row.dataset.value)")
    assert top[0] in shown and all(part in value for value in shown)
    starts = [value.startswith(part) for value in shown]
    assert starts == sorted(starts, reverse=True)
    box.fill("zzz-nobody")
    expect(page.locator("#values-of-handle")).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")


def test_queries_are_listed_and_picked_by_a_click(open_page, api):
    page = open_page("/?tier=teammate")
    top = [entry for entry in api.get("/facets", tier="teammate", top=100)["source_query"]["top"] if entry["value"] is not None]
    options = open_menu(page, "more").get_by_role("option")
    expect(options).to_have_count(len(top))
    expect(options.first.locator(".count")).to_have_text(f"{top[0]['posts']:,}")
    options.first.click()
    page.wait_for_url(f"**/?tier=teammate&source_query={top[0]['value']}")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(options).to_have_count(len(top))
