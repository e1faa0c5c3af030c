import type { Source } from "./data-manifest.ts";

/** What is wrong with an entry whose data lie elsewhere: the key, and a sentence that repeats nothing secret. */
export interface AddressProblem {
  readonly key: keyof Source;
  readonly sentence: string;
}
