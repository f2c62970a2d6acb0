/** One way in which the bot runs out of something, tried against the whole process. */
export interface Scenario {
  readonly name: string;
  run(): Promise<Outcome>;
}

export interface Outcome {
  readonly figures: Readonly<Record<string, number>>;
  /** What did not hold, in words. */
  readonly broken: readonly string[];
}
