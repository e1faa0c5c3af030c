/** Why a retrain is worth it. */
export type Reason =
  | { readonly kind: "no-champion" }
  | { readonly kind: "settings" }
  | { readonly kind: "new-rows"; readonly newRows: number; readonly minNewRows: number }
  | { readonly kind: "age"; readonly ageDays: number; readonly maxAgeDays: number }
  | { readonly kind: "drift"; readonly feature: string; readonly psi: number }
  | { readonly kind: "champion-moved" }
  | { readonly kind: "unfinished" }
  | { readonly kind: "forced"; readonly words: string };

/** Why there is no retrain now. */
export type HeldBack =
  | { readonly kind: "unchanged" }
  | { readonly kind: "nothing-due" }
  | { readonly kind: "proposal-open" }
  | { readonly kind: "held-by-person" }
  | { readonly kind: "refused"; readonly by: "declined" | "rejected" | "rolledBack"; readonly at: number }
  | { readonly kind: "cooldown"; readonly until: number }
  | { readonly kind: "budget"; readonly until: number };
