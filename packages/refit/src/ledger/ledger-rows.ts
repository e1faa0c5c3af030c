/** Reading of rows with every field checked: apart, since it brings the schema library. */
export { readLedgerLines } from "@refit/core/history";
