"""What axe finds wrong with a page that was opened with it."""

from importlib import resources

AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def with_axe(page):
    page.add_init_script(AXE)


def assert_clean(page):
    page.evaluate("Promise.all(document.getAnimations().map((animation) => animation.finished))")
    result = page.evaluate("tags => axe.run(document, { runOnly: tags, resultTypes: ['violations'] })", RULES)
    found = [f"{rule['id']}: {node['html'][:160]} | {node['failureSummary'][:200]}" for rule in result["violations"] for node in rule["nodes"][:3]]
    assert found == []
    assert any(rule["id"] == "color-contrast" for rule in result["passes"]), "axe looked at nothing"
