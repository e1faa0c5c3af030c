/** A small made-up dataset whose answer can be learnt: who leaves, by plan, use and complaints. */

export interface ChurnRows {
  readonly rows: number;
  /** First day; rows are spread over 30 days from here. */
  readonly from: string;
  readonly seed: number;
}

const DAY = 86_400_000;
const header = "customer,day,plan,hours,complaints,left";

export function churnCsv({ rows, from, seed }: ChurnRows): string {
  const random = generator(seed);
  const lines = [header];
  for (let i = 0; i < rows; i++) {
    const day = new Date(Date.parse(from) + Math.floor((i / rows) * 30) * DAY).toISOString().slice(0, 10);
    const plan = ["basic", "plus", "pro"][Math.floor(random() * 3)]!;
    const hours = random() < 0.05 ? "" : (random() * 30).toFixed(1);
    const complaints = Math.floor(random() * 5);
    const leaning = -3 + 1.4 * complaints + (plan === "basic" ? 1 : -1) - 0.1 * Number(hours || 15);
    lines.push(`c${seed}-${i},${day},${plan},${hours},${complaints},${random() < 1 / (1 + Math.exp(-leaning))}`);
  }
  return `${lines.join("\n")}\n`;
}

export const churnSpec = {
  task: "binary",
  data: "churn",
  target: "left",
  time: "day",
  features: { exclude: ["customer"] },
  candidates: [{ learner: "gbdt", trees: 8, leaves: 7 }, { learner: "linear" }],
  holdout: { fraction: 0.3, minRows: 50 },
  metrics: { primary: "rocAuc", also: ["logLoss"] },
  slices: ["plan"],
  gates: [
    { metric: "rocAuc", min: 0.6 },
    { metric: "rocAuc", maxRegression: 0.2 },
  ],
  margin: 0.2, // wide, so that luck decides nothing
  retrain: { minNewRows: 150, drift: false, cooldownHours: 24, maxPerWeek: 50 },
  seed: 7,
};

export const churnManifest = {
  sources: [{ path: "data/churn/*.csv" }],
  schema: {
    fields: [
      { name: "customer", type: "string" },
      { name: "day", type: "date", constraints: { required: true } },
      { name: "plan", type: "string" },
      { name: "hours", type: "number", constraints: { minimum: 0 } },
      { name: "complaints", type: "integer" },
      { name: "left", type: "boolean", constraints: { required: true } },
    ],
  },
  checks: { minRows: 100 },
};

/** A linear congruential generator (Numerical Recipes): the same rows everywhere. */
export function generator(seed: number): () => number {
  let state = Math.imul(seed, 2_654_435_761) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
