import { refuseNewer } from "../errors/format-errors.ts";
import { jsonReader, type JsonReader } from "../json-reader.ts";
import { knownFormat } from "../lineage/known-format.ts";
import { fieldTypes } from "../spec/field-types.ts";
import type { ColumnInfo, TargetSpec } from "./column-info.ts";
import { dateParts } from "./date-part.ts";
import type { FeatureSpec } from "./feature-spec.ts";

/** The part of `features.json` that answers need. */
export interface ServedFeatures extends Pick<FeatureSpec, "features"> {
  readonly inputs: readonly ColumnInfo[];
  readonly target: TargetSpec;
}

const fileName = "features.json";
const mostLevels = 250;

/**
 * Reads that part by hand, without the schema library, which is many times as large: in what it reads it refuses what
 * `parseFeatureSpec` refuses, and besides what would not fit together.
 *
 * @param value parsed JSON, of unknown shape.
 * @throws ArtifactInvalidError naming the first field that is missing or wrong, FormatNewerError
 */
export function readFeatures(value: unknown): ServedFeatures {
  refuseNewer(fileName, value, knownFormat);
  const file = jsonReader(fileName, value);
  file.at("format").asInteger(knownFormat, knownFormat);
  const types = new Map<string, ColumnInfo["type"]>();
  for (const input of file.at("inputs").asList()) {
    const type = input.at("type").asWord(...fieldTypes);
    types.set(newName(input, types), type);
  }
  checkTarget(file.at("target"));
  const names = new Set<string>();
  for (const feature of file.at("features").asList()) {
    names.add(newName(feature, names));
    const input = feature.at("input");
    checkFeature(feature, types.get(input.asText()) ?? input.fail("the name of an input"));
  }
  if (names.size === 0) file.at("features").fail("a feature");
  return value as ServedFeatures;
}

function newName(of: JsonReader, taken: { has(name: string): boolean }): string {
  const name = of.at("name");
  const text = name.asText();
  return taken.has(text) ? name.fail("each name only once") : text;
}

function checkTarget(target: JsonReader): void {
  target.at("name").asText();
  const task = target.at("task").asWord("binary", "multiclass", "regression");
  const classes = target.at("classes");
  if (task === "regression") {
    if (!classes.isNull()) classes.fail("null");
    return;
  }
  const list = classes.asList();
  if (task === "binary" ? list.length !== 2 : list.length < 3) classes.fail("the classes of the task");
  for (const each of list) each.asScalar();
}

/** Complete, and made of a column of such a type. */
function checkFeature(feature: JsonReader, type: ColumnInfo["type"]): void {
  const kind = feature.at("kind").asWord("numeric", "categorical", "datetimePart", "file");
  if (kind === "datetimePart") feature.at("part").asWord(...dateParts);
  if (kind === "categorical") {
    const levels = feature.at("levels").asList();
    if (levels.length > mostLevels) feature.at("levels").fail(`at most ${mostLevels} levels`);
    for (const level of levels) level.asText();
  } else if ((kind === "file") !== (type === "file") || (kind !== "file" && type === "string"))
    feature.fail("a feature that its input can give");
}
