import { docsPage } from "../errors/docs-page.ts";

/** The `predicate-type` of an attestation of how a version was judged: the page that says what is in it. */
export const EVALUATION_TYPE = docsPage("sign-a-model.md#evaluation-v1");
