/**
 * Algorithm versions by learner, in a module that imports nothing, so that a run that trains nothing loads no learner.
 *
 * Raise a number exactly when the bytes that this learner makes from the same request change.
 */
export const algorithmVersions = { gbdt: 1, linear: 1 } as const;
