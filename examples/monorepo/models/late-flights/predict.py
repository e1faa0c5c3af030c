"""Adds up what each column says, as log odds beside those of the mean."""

import csv
import json
import math
import os
from pathlib import Path

job = json.loads(Path(os.environ["REFIT_JOB"]).read_text(encoding="utf-8"))
model = json.loads((Path(job["model"]) / "rates.json").read_text(encoding="utf-8"))
mean, rates = model["mean"], model["rates"]


def log_odds(rate):
    return math.log(rate / (1 - rate))


with (
    open(job["rows"], encoding="utf-8", newline="") as rows,
    open(job["predictions"], "w", encoding="utf-8") as predictions,
):
    print("prediction", file=predictions)
    for row in csv.DictReader(rows):
        told = sum(log_odds(seen.get(row[column], mean)) - log_odds(mean) for column, seen in rates.items())
        print(1 / (1 + math.exp(-(log_odds(mean) + told))), file=predictions)
