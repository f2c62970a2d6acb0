import type { PostKey, PostKind } from '../decision/post.ts';
import type { Deps, WebClient } from './deps.ts';
import type { Heard } from './heard.ts';

/**
 * Tries once to deliver a post, and stores the result: posted, refused, or wanted again later.
 *
 * @returns how Slack responded; throws only for bugs and database outages
 */
export type Deliver = (deps: Deps, client: WebClient, key: PostKey) => Promise<Heard>;

/** The delivery of each kind of post. A new kind doesn't compile until it has one. */
export type Deliveries = Readonly<Record<PostKind, Deliver>>;
