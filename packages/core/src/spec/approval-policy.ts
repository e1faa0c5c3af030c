import * as z from "zod";
import { problemAt, type SpecProblem } from "./problems.ts";

export const reviewer = z
  .string()
  .regex(/^[A-Za-z0-9](?:-?[A-Za-z0-9])*(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)?$/)
  .meta({ title: "login such as `ada`, or team such as `acme/risk`" });

const fewPeople = z.int().min(1).max(10);

export const approvalPolicy = z.strictObject({
  promotion: fewPeople.describe("People who must approve a new version."),
  canarySteps: fewPeople
    .optional()
    .describe("People who must approve the start or a step of a canary. Default: as many as for a promotion."),
  from: z
    .array(reviewer)
    .min(1)
    .max(15)
    .optional()
    .describe(
      "Whose approval counts: logins, and teams such as `acme/risk` (whose members only the token of a GitHub App can read). Default: whoever may write to the repository.",
    ),
});
export type ApprovalPolicy = z.infer<typeof approvalPolicy>;

/** What people must approve merges by people. */
export function mergeProblems({
  merge,
  approvals,
}: {
  readonly merge: "review" | "auto";
  readonly approvals?: ApprovalPolicy | undefined;
}): SpecProblem[] {
  return merge === "auto" && approvals !== undefined
    ? [problemAt(["merge"], "`auto` cannot be combined with `approvals`: people merge what people must approve")]
    : [];
}

/** Where only people are named, there must be enough of them. A team may have any number. */
export function approverProblems({ approvals }: { readonly approvals?: ApprovalPolicy | undefined }): SpecProblem[] {
  if (approvals?.from === undefined) return [];
  const { promotion, canarySteps = 0, from } = approvals;
  const most = Math.max(promotion, canarySteps);
  if (from.length >= most || from.some((name) => name.includes("/"))) return [];
  return [
    problemAt(["approvals", "from"], `${from.length} cannot give ${most} approvals; name more people, or a team`),
  ];
}
