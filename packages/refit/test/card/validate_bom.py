"""Validates CycloneDX documents with the schema of the specification, and prints what is wrong with each."""

import json
import sys

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

validator = JsonStrictValidator(SchemaVersion.V1_7)
found = []
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        error = validator.validate_str(file.read())
    found.append(None if error is None else str(error.data))
print(json.dumps(found))
