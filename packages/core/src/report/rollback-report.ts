import { keepAlways, paragraph, type Report } from "./section.ts";
import { code, strong, say } from "./text.ts";

/** What a proposal says that brings an earlier version back. @param from `v3`, or what else is live. */
export function rollbackReport({
  model,
  from,
  to,
  treeId,
}: {
  readonly model: string;
  readonly from: string;
  readonly to: string;
  readonly treeId: string;
}): Report {
  const restored = say`The folder is restored exactly as it was (tree ${code(treeId)}). After the merge the replaced model is not proposed again for the same inputs.`;
  return {
    format: 1,
    model,
    headline: {
      verdict: say`${strong(model)}: roll back from ${from} to ${to}.`,
      number: null,
      reason: null,
      objections: [],
    },
    sections: [{ id: "restored", title: null, body: [paragraph(restored)], keep: keepAlways }],
  };
}
