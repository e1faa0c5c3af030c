import { stackFeatures, type FeatureMatrix, type Predictor } from "@refit/core/runtime";

/** Asks a model for answers, one question after the other. */
export type Asker<Found> = (predictor: Pick<Predictor, "predict" | "reads">) => Promise<Found>;

interface Question {
  readonly features: FeatureMatrix;
  readonly answer: (answers: Float64Array) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Lets several ask one model, and puts what each of them asks next into one question: where a program answers, it takes longer to start
 * than to answer. Nobody waits for one who asks nothing more.
 *
 * @returns what each of them found, in their order.
 * @throws what the model or one of them throws.
 */
export async function askTogether<Found extends readonly unknown[]>(
  { predict, reads }: Pick<Predictor, "predict" | "reads">,
  askers: { readonly [Each in keyof Found]: Asker<Found[Each]> },
): Promise<Found> {
  let waiting: Question[] = [];
  let busy = askers.length;
  const rest = (): void => {
    busy--;
    if (busy > 0 || waiting.length === 0) return;
    const questions = waiting;
    waiting = [];
    busy += questions.length;
    void answerAll(predict, questions);
  };
  const shared = {
    ...(reads && { reads }),
    predict: (features: FeatureMatrix) =>
      new Promise<Float64Array>((answer, fail) => {
        waiting.push({ features, answer, fail });
        rest();
      }),
  };
  return (await Promise.all(askers.map((ask) => ask(shared).finally(rest)))) as unknown as Found;
}

async function answerAll(predict: Predictor["predict"], questions: readonly Question[]): Promise<void> {
  try {
    const [first, ...others] = questions.map(({ features }) => features);
    const stacked = others.length === 0 ? first! : stackFeatures(first!, ...others);
    const answers = await predict(stacked);
    const width = stacked.rows === 0 ? 0 : answers.length / stacked.rows;
    let from = 0;
    for (const { features, answer } of questions) {
      const to = from + width * features.rows;
      answer(answers.slice(from, to));
      from = to;
    }
  } catch (error) {
    for (const { fail } of questions) fail(error);
  }
}
