/** The error rate of each test of a judgement, one-sided. A claim that other settings are better spends less with each look. */
export const ALPHA = 0.05;
