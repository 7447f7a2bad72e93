"""Imports, their taking back and news of collectors in random order, beside a model that knows nothing of SQL."""

import json
import random

import pytest

import small_snapshot as small
from support.full_run import FULL
from support.psql import sql

DISCOVERED = "2026-02-22T09:30:00Z"


def post(name, second, text):
    """As an import and a collector tell it: the same columns, so that the newer one wins as a whole."""
    row = small.post(name, body_text=text, discovered_at=DISCOVERED, last_seen_at=f"2026-02-22T1{second}:00:00Z")
    del row["initial_likes"]
    return row


class Model:
    """Who has written which post, and whose moments its history has."""

    def __init__(self):
        # Post → what it says: when and which text; who has written it; moment of its history → who brought that.
        self.posts = {}
        # Label → the batch that has it; batches that were taken back; (import, the bringer of what it found as it had to be).
        self.labels, self.undone, self.confirmed = {}, set(), set()
        self.batches = 0

    def batch(self):
        self.batches += 1
        return self.batches

    def write(self, batch, name, second, text):
        """Returns whether the post was changed."""
        says = (second, text)
        if name not in self.posts:
            self.posts[name] = {"says": says, "bringer": batch, "writers": {batch}, "history": {}}
        elif says > self.posts[name]["says"]:
            self.posts[name]["says"] = says
            self.posts[name]["writers"].add(batch)
        else:
            return False
        return True

    def imports(self, label, rows):
        batch = self.labels[label] = self.batch()
        for name, (second, text) in rows.items():
            if not self.write(batch, name, second, text):
                self.confirm(batch, self.posts[name]["bringer"])
            for at in ("first", second):
                self.confirm(batch, self.posts[name]["history"].setdefault(at, batch))

    def confirm(self, batch, bringer):
        if bringer != batch and bringer in self.imported():
            self.confirmed.add((batch, bringer))

    def imported(self):
        return set(self.labels.values()) | self.undone

    def undo(self, label, force):
        """Returns the labels that stand in the way; nothing is done then."""
        batch, before = self.labels[label], json.dumps(self.posts, default=sorted)
        undone, gone = self.undone | {batch}, set()
        after = {name: post | {"history": dict(post["history"])} for name, post in self.posts.items()}
        for name, post in list(after.items()):
            for at, bringer in list(post["history"].items()):
                if bringer in undone:
                    gone.add(bringer)
                    del post["history"][at]
            if post["writers"] <= undone and not post["history"]:
                gone.add(post["bringer"])
                del after[name]
        holding = {held: name for name, held in self.labels.items() if held != batch}
        others = {holding[one] for one, bringer in self.confirmed if one in holding and bringer in gone}
        if others and not force:
            assert json.dumps(self.posts, default=sorted) == before
            return others
        self.posts, self.undone = after, undone
        del self.labels[label]
        return set()


def check(model, archive):
    rows = sql(archive, """
        SELECT status_id, body_text, (SELECT count(*) FROM post_metrics_snapshots AS s WHERE s.status_id = p.status_id) FROM posts AS p
        ORDER BY status_id""").split("\n")
    assert [row for row in rows if row] == [f"{name}|{post['says'][1]}|{len(post['history'])}" for name, post in sorted(model.posts.items())]
    assert sql(archive, "SELECT coalesce(string_agg(label, ' ' ORDER BY label), '') FROM batches WHERE label IS NOT NULL AND undone_at IS NULL") \
        == " ".join(sorted(model.labels))


@pytest.mark.parametrize("seed", range(24 if FULL else 3))
def test_any_sequence_leaves_what_the_model_says(xmonitor, archive, snapshots, serve, seed):
    chance, model = random.Random(f"undo {seed}"), Model()
    client = serve(archive).client
    for step in range(14):
        action = chance.choice(["import", "import", "undo", "undo", "live"])
        if action == "import":
            label = f"label-{chance.randrange(4)}"
            if label in model.labels:
                continue
            rows = {f"p{number}": (chance.randrange(5), chance.choice("abc")) for number in chance.sample(range(4), chance.randint(1, 3))}
            path = small.sqlite(xmonitor.folder / f"{step}.db", tweets=[post(name, *says) for name, says in rows.items()])
            snapshots.imports(path, "--label", label)
            model.imports(label, rows)
        elif action == "live":
            name, second, text = f"p{chance.randrange(4)}", chance.randrange(5), chance.choice("abc")
            client.send("posts", [post(name, second, text) | {"is_significant": False}])
            batch = model.batch()
            model.write(batch, name, second, text)
            model.posts[name]["history"].setdefault(second, batch)
        elif model.labels:
            label, force = chance.choice(sorted(model.labels)), chance.random() < 0.5
            arguments = ["--label", label, *(["--force"] if force else [])]
            standing = model.undo(label, force)
            if standing:
                message = xmonitor.fails("snapshot", "undo", *arguments)
                assert f"in the snapshot of {', '.join(sorted(standing))}," in message
            else:
                xmonitor("snapshot", "undo", *arguments)
        check(model, archive)
    for label in sorted(model.labels, key=lambda _: chance.random()):
        snapshots.undoes(label, "--force")
        model.undo(label, True)
    check(model, archive)
    # Nothing but what collectors wrote is left, and posts of whose history they know more.
    assert all((post["writers"] | set(post["history"].values())) - model.undone for post in model.posts.values())
