"""What the rules of the templates are asked about, and the list of the rules."""

import functools
import json
from pathlib import Path

import yaml
from template import Template

ROOT = Path(__file__).resolve().parents[3]
FILES = [*(f"infra/{name}.yaml" for name in ("data", "app", "service", "github")), *(f".github/workflows/{name}.yml" for name in ("check", "deploy", "preview"))]


# Read once, as long as their texts are the same.
template_of = functools.lru_cache(maxsize=16)(Template)


class Sources:
    """The templates and workflows, as they are or with other texts in their places."""

    def __init__(self, **texts):
        self.texts = {path: texts.get(path) or (ROOT / path).read_text(encoding="utf-8") for path in FILES}
        self.templates = {Path(path).stem: template_of(text) for path, text in self.texts.items() if path.startswith("infra/")}
        self.data, self.app, self.service, self.github = self.templates.values()
        # `on` is a truth value in YAML 1.1
        self.workflows = {Path(path).stem: yaml.load(text, yaml.BaseLoader) for path, text in self.texts.items() if path.startswith(".github/")}


RULES = []


def rule(check):
    """Makes a function that gets `Sources` one of the rules; it fails by an assertion."""
    RULES.append(check)
    return check


def broken(sources):
    """The names of the rules that do not hold. A text that a rule cannot read breaks it too."""
    names = []
    for check in RULES:
        try:
            check(sources)
        except (AssertionError, KeyError, IndexError, ValueError, TypeError) as error:
            names.append(f"{check.__name__}: {str(error).splitlines()[0] if str(error) else type(error).__name__}")
    return names


def rewrites():
    return json.loads((ROOT / "hosting/rewrites.json").read_text(encoding="utf-8"))
