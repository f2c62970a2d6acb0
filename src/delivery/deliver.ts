import type { PostKey, PostKind } from '../decision/post.ts';
import type { Deps, WebClient } from './deps.ts';
import type { Heard } from './heard.ts';

/**
 * Tries once to bring a post to Slack, and records how it went: posted, refused, or wanted again later.
 *
 * @returns what the attempt says about Slack; throws only for bugs and outages of the database
 */
export type Deliver = (deps: Deps, client: WebClient, key: PostKey) => Promise<Heard>;

/** One for each kind of post: a new kind does not compile until it has its own. */
export type Deliveries = Readonly<Record<PostKind, Deliver>>;
