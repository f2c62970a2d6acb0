import { load, type Measured, type Shot } from './load.ts';
import {
  articleOpened,
  asForm,
  click,
  command,
  homeOpened,
  signed,
  submission,
  type Vote,
  voteNumber,
} from './requests.ts';
import type { Slack } from './slack.ts';

/** What is done to a process again and again. */
export interface Scenario {
  readonly name: string;
  /**
   * Measures for so many seconds.
   *
   * @param expected requests a second, as far as is known: they are made and signed before the clock starts, since
   *   load and process share the same processors, and whoever could use both would pay for it
   */
  run(port: number, connections: number, seconds: number, expected?: number): Promise<Measured>;
}

const isEmpty = (body: string): void => {
  if (body !== '') throw new Error(`acknowledged with ${body.slice(0, 200)}`);
};

/** Never the same twice in one run of the benchmark, whichever process it goes to. */
let unique = 0;

/** A process that is warm by now may do more than it did before. */
const AT_MOST = 1.5;

function scenario(name: string, make: () => Shot): Scenario {
  /** The next one comes last. What is left of one run is for the next, so that none is left out. */
  let ready: Shot[] = [];
  return {
    name,
    run: (port, connections, seconds, expected = 0) => {
      const missing = Math.max(0, Math.ceil(expected * seconds * AT_MOST) - ready.length);
      ready = [...Array.from({ length: missing }, make).reverse(), ...ready];
      return load(port, connections, seconds, () => ready.pop() ?? make());
    },
  };
}

/** For what is waited for elsewhere from the moment that it is made. */
function scenarioInTime(name: string, next: () => Shot): Scenario {
  return { name, run: (port, connections, seconds) => load(port, connections, seconds, next) };
}

/** Something that needs neither the store nor Slack: a link that was opened. */
export function links(): Scenario {
  return scenario('ack', () => ({ request: signed(asForm(articleOpened())), check: isEmpty }));
}

/** Votes that come over the socket. */
export function votesOverSocket(
  slack: Slack,
  decisions: readonly string[],
  told: Map<string, Vote>,
): Scenario {
  let count = 0;
  return {
    name: 'socket vote',
    run: (_port, atATime, seconds) =>
      slack.overSocket(atATime, seconds, () => {
        const vote = voteNumber(count++, decisions);
        told.set(`${vote.decision} ${vote.person}`, vote);
        return click(vote);
      }),
  };
}

/**
 * Votes that are acknowledged.
 *
 * @param votes what was told to be recorded is added here, the last vote of each person
 * @param replyUrl where the private answer goes; without one, none is sent
 */
export function votes(
  name: string,
  decisions: readonly string[],
  told: Map<string, Vote>,
  replyUrl?: string,
  people = 1_000,
): Scenario {
  // Its own: each vote of a person is for something else than the one before.
  let count = 0;
  return scenario(name, () => {
    const vote = voteNumber(count++, decisions, people);
    return {
      request: signed(asForm(click(vote, replyUrl))),
      check: (body) => {
        isEmpty(body);
        told.set(`${vote.decision} ${vote.person}`, vote);
      },
    };
  });
}

/** The command, until Slack is asked for the dialog. */
export function dialogs(slack: Slack): Scenario {
  return scenarioInTime('command', () => {
    const trigger = `1.${unique++}.1`;
    return { request: signed(command('', trigger)), check: isEmpty, also: slack.dialog(trigger) };
  });
}

/** The submitted dialog, until it may close and its card is in the channel. */
export function submissions(slack: Slack): Scenario {
  return scenarioInTime('submit', () => {
    const n = unique++;
    const channel = `CS${n}`;
    return {
      request: signed(asForm(submission(`V${n}`, channel))),
      check: isEmpty,
      also: slack.card(channel),
    };
  });
}

/** The list of a channel's decisions. */
export function histories(channels: readonly string[]): Scenario {
  return scenario('history', () => {
    const channel = channels[unique++ % channels.length] ?? '';
    const check = (body: string): void => {
      if (!body.includes('Project ')) throw new Error(`history is ${body.slice(0, 200)}`);
    };
    return { request: signed(command('history', '1.1.1', 'U1', channel)), check };
  });
}

/** Somebody's Home tab, until it is shown. */
export function homes(slack: Slack, people: readonly string[]): Scenario {
  return scenarioInTime('home', () => {
    const n = unique++;
    const person = people[n % people.length] ?? '';
    return { request: signed(homeOpened(person, `Ev${n}`)), check: isEmpty, also: slack.home(person) };
  });
}
