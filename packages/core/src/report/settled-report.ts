import type { Fate } from "../ledger/fate-of.ts";
import { keepAlways, type Report, type Section } from "./section.ts";
import { day } from "./sentences.ts";
import { code, data, say, strong, type Text } from "./text.ts";

/** A report as it is read later: what a reader could do then gives way to what became of it, and what can be done now. */
export function settledReport(report: Report, fate: Fate): Report {
  const items = itemsOf(report.model, fate);
  if (items === null) return report;
  const settled: Section = {
    id: "next",
    title: "What became of it",
    body: [{ kind: "list", items }],
    keep: keepAlways,
  };
  const others = report.sections.filter(({ id }) => id !== settled.id);
  return { ...report, sections: [...others, settled] };
}

/** @returns `null`: what the report says is still to be done. */
function itemsOf(model: string, fate: Fate): Text[] | null {
  switch (fate.kind) {
    case "unsettled":
      return null;
    case "live":
      return [
        say`${strong("Merged")}: it is v${fate.version}, which has been live since ${day(fate.since)}.`,
        fate.version === 1
          ? say`${strong("Roll back")}: revert the merge. There is no earlier version.`
          : say`${strong("Roll back")}: revert the merge, or ${code(`refit rollback ${model}`)}.`,
      ];
    case "replaced":
      return [
        say`${strong("Merged, and replaced since")}: it is v${fate.version}; v${fate.by} replaced it on ${day(fate.at)}.`,
        backTo(model, fate.version),
      ];
    case "rolled-back":
      return [
        say`${strong("Merged, and rolled back")}: it is v${fate.version}; on ${day(fate.at)} ${fate.to === null ? "its folder was removed" : `v${fate.to} became live again`}.`,
        backTo(model, fate.version),
      ];
    case "declined":
      return [
        say`${strong("Declined")} by a person on ${day(fate.at)}${fate.words === null ? "." : say`: ${data(fate.words)}`}`,
        say`${strong("Try the same inputs again")}: ${code(`refit run ${model} --force "reason"`)}.`,
      ];
    case "superseded":
      return [
        say`${strong("Not merged")}: a newer candidate of ${day(fate.at)} took its place. ${code(`refit history ${model}`)} lists both.`,
      ];
  }
}

const backTo = (model: string, version: number) =>
  say`${strong("Go back to it")}: ${code(`refit rollback ${model} --to v${version}`)}.`;
