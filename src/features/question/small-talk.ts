// Messages that mention the bot but ask nothing.

const listed = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

const THANKS = listed('thanks thank thankyou thx thanx ty tysm cheers');

const AGREEMENT = listed(
  'ok okay okey k cool great nice perfect awesome excellent brilliant fantastic amazing wow lovely good sure yes ' +
    'yep yeah yup no nope exactly agreed agree noted done lol haha hahaha hehe interesting neat sweet',
);

/** Words that add no question to the ones above. */
const FILLERS = listed(
  'a all again an and at bot bye course day did do everyone folks for go got guys have hello help helped helpful helps hey ' +
    'hi i indeed is it ll lot makes many me morning much night now of one really see sense so sounds team that thats ' +
    's the them then there this to too us very was we welcome well will work you your youre re job info answer answers ' +
    'know appreciated appreciate sorry fine right mind never worries problem afternoon evening oh ah hm hmm love it legend point 1',
);

/** At the start of a sentence or anywhere in it. */
const QUESTION =
  /^(?:is|are|do|does|can|could|should|would|will)\b|\b(?:what|which|who|how|why|when|where|about)\b/;

/** Returns whether a message is only thanks or small talk: "thanks!", "cool, ok", "👍". */
export function isSmallTalk(text: string): boolean {
  if (text.includes('?')) return false;
  const words = wordsIn(text);
  if (words.length === 0) return /\p{Extended_Pictographic}|:[\w+-]+:/u.test(text);
  if (words.every((word) => THANKS.has(word) || AGREEMENT.has(word) || FILLERS.has(word))) return true;
  return THANKS.has(words[0] ?? '') && !asks(words.slice(1));
}

/** Returns whether a message without a known topic is a comment: "great, Ben will tell them". */
export function isComment(text: string): boolean {
  const words = wordsIn(text);
  return !text.includes('?') && AGREEMENT.has(words[0] ?? '') && !asks(words.slice(1));
}

function asks(words: readonly string[]): boolean {
  return QUESTION.test(words.join(' '));
}

function wordsIn(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replace(/:[\w+-]+:/g, ' ')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
