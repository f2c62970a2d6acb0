/** Where a process can die: at a call to Slack, as the process sees it or as Slack does, or inside its database's thread. */
export const PLACES = ['request', 'answer', 'database'] as const;
type Place = (typeof PLACES)[number];

/** One moment at which a process can die. */
export interface Moment {
  readonly place: Place;
  /** From 1: of those of this place and name since counting began. What is done side by side may change its order. */
  readonly index: number;
  /** The Web API's method, or how the statement begins. */
  readonly name: string;
  /**
   * Of a request: it has arrived at Slack and nothing has been done, or it has been done and not answered. Of an
   * answer: it has arrived. Of a statement: before it; of a commit also after it, and of what is told of it to the
   * other thread: after that has left.
   */
  readonly when: 'before' | 'after';
}

/** What the process is told, in a file: whether to count, and where to die. The file is read at every moment. */
export interface Plan {
  /** Another one begins counting anew. */
  readonly id: number;
  readonly diesAt: Moment | null;
  /** Nothing is ever committed, though everybody is told so: to see whether it is noticed. */
  readonly loses: boolean;
}

export const PLAN_FILE = 'plan.json';
/** One line of JSON for each moment that passed, in order. */
export const TRACE_FILE = 'trace';

/** Time as a process of the tests has it: it may have begun later, and goes faster, so that nobody waits for it. */
export interface Pace {
  /** Milliseconds since 1970, really and as shown, of one and the same moment. */
  readonly real: number;
  readonly shown: number;
  readonly speed: number;
}

export const shownAt = ({ real, shown, speed }: Pace, now: number): number =>
  Math.floor(shown + (now - real) * speed);
