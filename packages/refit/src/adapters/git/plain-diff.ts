/** A difference without the user's programs and settings: whole paths from the root, and a renamed file is one that is gone and one that is new. */
export const plainDiff = [
  "--no-ext-diff",
  "--no-textconv",
  "--no-renames",
  "--no-relative",
  "--ignore-submodules",
] as const;
