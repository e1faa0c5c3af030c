"""Reads model cards as the Hugging Face hub does, offline, and prints what it has found in each."""

import json
import sys

from huggingface_hub import ModelCard
from huggingface_hub.repocard_data import model_index_to_eval_results

found = []
for path in sys.argv[1:]:
    card = ModelCard.load(path)
    data = card.data.to_dict()
    name, results = model_index_to_eval_results(data["model-index"])
    found.append(
        {
            "name": name,
            "library": data["library_name"],
            "tags": data["tags"],
            "metrics": [[each.metric_type, each.metric_value] for each in results],
            "dataset": sorted({(each.dataset_type, each.dataset_name) for each in results}),
            "text": card.text.lstrip().split("\n")[0],
        }
    )
print(json.dumps(found))
