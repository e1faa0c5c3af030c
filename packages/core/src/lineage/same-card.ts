import { canonicalJson, type Json } from "../digest/canonical-json.ts";
import type { CardWords } from "./lineage.ts";

/** Whether people say the same of a model in both. */
export function sameCard(one: CardWords | undefined, other: CardWords | undefined): boolean {
  return textOf(one) === textOf(other);
}

const textOf = (card: CardWords | undefined) =>
  canonicalJson(card === undefined ? null : (JSON.parse(JSON.stringify(card)) as Json));
