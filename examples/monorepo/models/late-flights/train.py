"""Naive Bayes: how often flights are late, for each value of some columns, drawn to the mean where there are few."""

import csv
import json
import os
from pathlib import Path

job = json.loads(Path(os.environ["REFIT_JOB"]).read_text(encoding="utf-8"))
target, late = job["target"]["name"], str(job["target"]["classes"][1]).lower()
by, prior = job["settings"]["by"], job["settings"]["prior"]

with open(job["train"], encoding="utf-8", newline="") as file:
    rows = list(csv.DictReader(file))
mean = sum(row[target] == late for row in rows) / len(rows)
counts = {column: {} for column in by}
for row in rows:
    for column in by:
        count = counts[column].setdefault(row[column], [0, 0])
        count[0] += row[target] == late
        count[1] += 1
rates = {
    column: {value: (yes + prior * mean) / (total + prior) for value, (yes, total) in sorted(seen.items())}
    for column, seen in counts.items()
}
model = json.dumps({"mean": mean, "rates": rates}, indent=1, sort_keys=True)
(Path(job["model"]) / "rates.json").write_text(model, encoding="utf-8")
