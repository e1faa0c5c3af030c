import * as z from "zod";

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
