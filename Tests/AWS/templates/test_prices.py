"""What the default costs, and that the document says the same."""

import json
import re
from datetime import date

import pytest
from rulebook import ROOT, Sources

PRICES = json.loads((ROOT / "infra/prices.json").read_text(encoding="utf-8"))


def total(items):
    return round(sum(item["price"] * item["amount"] for item in items), 2)


def test_the_default_costs_at_most_32_usd_a_month():
    assert 20 < total(PRICES["default"]) <= 32
    assert PRICES["region"] == "us-east-1" and date.fromisoformat(PRICES["as_of"])


def test_the_table_is_of_what_the_templates_make():
    data, app = (sources := Sources()).data.made(), sources.app.made()
    items = {item["item"]: item["amount"] for item in PRICES["default"]}
    database = data["Database"]
    assert items[f"RDS {database['DBInstanceClass']}, PostgreSQL, one zone"] == PRICES["hours_a_month"]
    assert items["RDS storage gp3"] == database["AllocatedStorage"]
    assert items["Alarms, within the free ten"] == len(app.of_type("AWS::CloudWatch::Alarm"))
    task = sources.service.made()["Task"]
    assert PRICES["options"]["service"][0]["item"] == f"Fargate {int(task['Cpu']) / 1024:.2f} vCPU and {int(task['Memory']) / 1024:.1f} GB, one task"


@pytest.mark.parametrize("part", PRICES["options"])
def test_each_option_has_a_price(part):
    assert total(PRICES["options"][part]) > 0
    assert all(set(item) == {"item", "unit", "price", "amount"} for item in PRICES["options"][part])


def test_the_documentation_has_the_same_sums():
    costs = (ROOT / "docs/aws.md").read_text(encoding="utf-8").partition("## Costs")[2].partition("\n## ")[0]
    documented = [float(sum) for sum in re.findall(r"\| (?:\+ )?(\d+\.\d\d) \|$", costs, re.M)]
    assert documented == [total(PRICES["default"]), *(total(items) for items in PRICES["options"].values())]


def test_the_document_has_the_same_sums():
    text = (ROOT / "docs/aws.md").read_text(encoding="utf-8")
    figures = set(re.findall(r"\d+\.\d\d", text))
    sums = {"default": total(PRICES["default"])} | {part: total(items) for part, items in PRICES["options"].items()}
    assert {part: f"{amount:.2f}" for part, amount in sums.items() if f"{amount:.2f}" not in figures} == {}
    assert PRICES["as_of"] in text
