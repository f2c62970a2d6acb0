import { expect, it } from 'vitest';
import { payloadOf } from '../../src/interactions/payload.ts';

it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
  'a payload of the type %s is of no kind that there is',
  (type) => {
    expect(payloadOf({ type, actions: [] })).toMatchObject({ kind: 'other', id: type });
  },
);

it.each([
  ['a text', 'https://hooks.slack.com/app/T1/1/a'],
  ['an object', { response_url: 'https://hooks.slack.com/app/T1/1/a' }],
  ['null', null],
  ['a list with something else', ['https://hooks.slack.com/app/T1/1/a']],
])('reply addresses as %s are none that could be allowed', (_, response_urls) => {
  const isOurs = (address: unknown): boolean => String(address).startsWith('https://hooks.slack.com/');
  expect(payloadOf({ type: 'view_submission', response_urls }).replyAddresses.every(isOurs)).toBe(false);
});

it('every reply address is found', () => {
  const urls = ['a', 'b', 'c'].map((end) => `https://hooks.slack.com/app/T1/1/${end}`);
  const [response_url, ...others] = urls;
  const response_urls = others.map((url) => ({ response_url: url }));
  expect(payloadOf({ type: 'view_submission', response_url, response_urls }).replyAddresses).toEqual(urls);
});
