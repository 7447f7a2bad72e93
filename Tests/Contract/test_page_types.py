"""What the page takes the API to answer, web/js/api/types.js, is what docs/openapi.v1.yaml says. XMONITOR_RECORD=1 writes it anew."""

import json
import os
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
TYPES = ROOT / "web/js/api/types.js"
SCHEMAS = yaml.safe_load((ROOT / "docs/openapi.v1.yaml").read_text(encoding="utf-8"))["components"]["schemas"]
READ_BY_THE_PAGE = (
    "WatchTier", "FeedItem", "FeedResponse", "MetricsSnapshot", "Report", "PostDetail", "Provenance", "WatchAccount", "Summary", "Timeline", "ValueCounts",
    "Facets", "PipelineRun", "FreshnessStatus", "Freshness", "Me", "FeedToken",
)
SIMPLE = {"integer": "number", "number": "number", "string": "string", "boolean": "boolean", "null": "null"}
COLUMNS = 140


def named(schema):
    return schema.get("$ref", "").rsplit("/", 1)[-1]


def type_of(schema, indent):
    """The type of a value, an object with each member on a line of its own."""
    if named(schema) in READ_BY_THE_PAGE:
        return named(schema)
    if named(schema):
        return type_of(SCHEMAS[named(schema)], indent)
    if "enum" in schema or "const" in schema:
        return "|".join(json.dumps(value) for value in schema.get("enum", [schema.get("const")]))
    if "allOf" in schema:
        return " & ".join(type_of(part, indent) for part in schema["allOf"])
    choices = schema.get("anyOf") or schema.get("oneOf")
    if choices and "type" not in schema:
        return "|".join(type_of(choice, indent) for choice in choices)
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return "|".join(one_type(kind, schema, indent) for kind in types)


def one_type(kind, schema, indent):
    if kind == "array":
        return f"Array<{type_of(schema['items'], indent)}>"
    if kind != "object":
        return SIMPLE[kind]
    if "properties" not in schema:
        return f"Record<string, {type_of(schema['additionalProperties'], indent)}>"
    inner = indent + "  "
    members = [f"{inner}{key}: {type_of(member, inner)},\n" for key, member in members_of(schema)]
    return "{\n" + "".join(members) + indent + "}"


def members_of(schema):
    needed = schema.get("required", [])
    return [(name if name in needed else f"{name}?", member) for name, member in schema["properties"].items()]


def typedef(name):
    text = f"@typedef {{{type_of(SCHEMAS[name], '')}}} {name}"
    return "/**\n" + "".join(f" * {line}\n" for line in text.split("\n")) + " */\n"


def test_the_types_of_the_page_are_those_of_the_description():
    head = "// What the HTTP API answers, as docs/openapi.v1.yaml says it. Types only, known everywhere: this file is never loaded by the page.\n\n"
    written = head + "\n".join(typedef(name) for name in READ_BY_THE_PAGE)
    assert max(map(len, written.split("\n"))) <= COLUMNS
    if os.environ.get("XMONITOR_RECORD") == "1":
        TYPES.write_text(written, encoding="utf-8")
    assert TYPES.read_text(encoding="utf-8") == written
