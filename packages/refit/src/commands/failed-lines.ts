import { moreAbout, type FailedModel } from "@refit/core/errors";
import { visibleText } from "@refit/core/report";

/** What is said of one of several models that could not go on. @param head such as `churn: failed`. */
export function failedLines(head: string, { code, message, hint }: FailedModel): string[] {
  return [
    `${head}. What is live has not changed, and the other models are not affected.`,
    `  error: ${visibleText(message, 2000)}`,
    `  ${visibleText(hint, 1000)}`,
    `  ${moreAbout(code)}`,
  ];
}
