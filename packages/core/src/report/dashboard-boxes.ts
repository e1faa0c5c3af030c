import { nameProblem } from "../spec/names.ts";

/** Which boxes of a dashboard are ticked. */
export interface Ticks {
  /** Of models to be trained anew, by name, in the order of the page. */
  readonly models: readonly string[];
  /** The box for all models that are due. */
  readonly due: boolean;
}

/** What a box does; people tick it, so its own words are for them and this is for refit. */
type Box = { readonly kind: "run-due" } | { readonly kind: "retrain"; readonly model: string };

const ticked = /^- \[[xX]\] <!-- refit:(?:(run-due)|retrain model=(\S+)) -->/;
const anyBox = /^- \[[ xX]\](?= <!-- refit:(run-due|retrain model=(\S+)) -->)/;

/** A box that is not ticked, as a line of Markdown. @param label Markdown of one line. */
export function boxLine(box: Box, label: string): string {
  const marker = box.kind === "run-due" ? "run-due" : `retrain model=${box.model}`;
  return `- [ ] <!-- refit:${marker} --> ${label}`;
}

/** What is ticked on a page, whichever line ends the forge has given it. A name that no model can have is passed over. */
export function tickedIn(page: string): Ticks {
  const matches = page.split(/\r?\n/).map((line) => ticked.exec(line));
  const models = matches.flatMap((match) => match?.[2] ?? []).filter((name) => nameProblem(name) === null);
  return { models: [...new Set(models)], due: matches.some((match) => match?.[1] !== undefined) };
}

/** The page with exactly these boxes ticked, as far as it has them. */
export function withTicks(page: string, { models, due }: Ticks): string {
  const wanted = new Set(models);
  return page
    .replaceAll("\r\n", "\n")
    .split("\n")
    .map((line) =>
      line.replace(anyBox, (_box, kind: string, model: string | undefined) => {
        const isTicked = model === undefined ? kind === "run-due" && due : wanted.has(model);
        return isTicked ? "- [x]" : "- [ ]";
      }),
    )
    .join("\n");
}
