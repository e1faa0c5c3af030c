import { acceptanceOf } from "../data/acceptance.ts";
import type { Finding } from "../data/finding.ts";
import { counted, firstFew } from "./number-text.ts";
import { keepAlways, tableOf, type Report, type Section } from "./section.ts";
import { acceptedWords } from "./sentences.ts";
import { code, data, sentenceOf, say, strong, type Text } from "./text.ts";

/** More would fill the screen and tell nothing new. */
const mostFindings = 50;
const mostObjections = 5;

/** The evidence of a run that ended before anything was compared: the data were refused. @param findings what blocks first. */
export function dataReport(model: string, findings: readonly Finding[]): Report {
  const blocking = findings.filter(({ severity }) => severity !== "warning");
  const { few, more } = firstFew(blocking, mostObjections);
  return {
    format: 1,
    model,
    headline: {
      verdict: say`${strong(model)} ⛔ ${strong("blocked")}: the new data were refused. Nothing was trained, and what is live has not changed.`,
      number: null,
      reason: null,
      objections: [
        ...few.map(objection),
        ...(more > 0 ? [say`and ${counted(more, "more finding")}, in the table below`] : []),
      ],
    },
    sections: [findingsSection(findings), nextSteps(model, blocking)],
  };
}

function objection({ code: word, message, file, line }: Finding): Text {
  // Most messages name it.
  const where =
    file === null || message.includes(file) ? "" : say` (${data(line === undefined ? file : `${file}:${line}`)})`;
  return say`${word}: ${sentenceOf(message)}${where}`;
}

function findingsSection(findings: readonly Finding[]): Section {
  const { few, more } = firstFew(findings, mostFindings);
  const rows = few.map((found) => [
    found.severity,
    found.code,
    found.file === null ? "–" : say`${data(found.file)}${found.line === undefined ? "" : `:${found.line}`}`,
    say`${sentenceOf(found.message)}${acceptedWords(found)}`,
    say`${sentenceOf(found.hint)}`,
  ]);
  const left = more > 0 ? [{ kind: "paragraph" as const, text: say`And ${counted(more, "more finding")}.` }] : [];
  const body = [tableOf(["severity", "finding", "where", "what", "what to do"], rows), ...left];
  return { id: "data", title: "What was found in the data", body, keep: 70 };
}

function nextSteps(model: string, findings: readonly Finding[]): Section {
  const accepting = findings.flatMap((found) => acceptanceOf(model, found) ?? []).slice(0, mostFindings);
  const items = [
    say`${strong("Correct the data")}, or the data manifest, with a commit. The next run looks again.`,
    ...accepting.map(({ yaml, command }) => {
      const how = command ?? `- ${yaml} under checks.accept of the data manifest`;
      return say`${strong("Accept a suspect that is right")}: ${sentenceOf(how)}, and commit.`;
    }),
    say`${strong("Look up a finding")}: ${code(`refit explain ${findings[0]?.code ?? "finding"}`)}.`,
  ];
  return { id: "next", title: "What to do", body: [{ kind: "list", items }], keep: keepAlways };
}
