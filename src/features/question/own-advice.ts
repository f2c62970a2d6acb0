// Recognizes questions about the advice of the card in whose thread they are asked.
const ASKS_WHY =
  /\b(?:why|how come|how (?:did|do|sure|certain|confident)|explain|reasons?|based|(?:did|do) you base|on what basis|what makes you|what made you|where does)\b/i;
const ABOUT_ADVICE =
  /\byou (?:said?|tell|told|recommend|suggest|pick|choose|chose|advise|decided?|think(?! (?:django|flask|it|they|that) (?:is|are|has|does|needs|will))|come|came|propose|vote|go|went|get|got|arrive|lean|(?:are )?(?:so |that )?(?:sure|certain|confident))|(?:sure|certain|confident) are you|\byour (?:advice|verdict|recommendation|choice|answer|suggestion|result)|\b(?:the|this|that) (?:advice|verdict|card|recommendation|result|outcome)|\bfor (?:us|(?:our|this|my|the) project)\b/i;
/** "Why only likely?" The words are those of the card's headline. */
const ABOUT_STRENGTH =
  /\b(?:(?:only|just|not|says?|so)[ :“"']+(?:likely|leans?|leaning|clearly|clear)|too close to call|not enough to go on)\b/i;

/** "Why?" alone, in the thread of a card. */
const ONLY_ASKS_WHY =
  /^(?:(?:and|but|ok|so)[ ,]+)*(?:why|how come|explain|(?:your )?reasons?)(?: (?:pls|please|that|this|so|exactly|though))*[\s?!.]*$/i;
const ASKS_FOR_CHANGE =
  /\bwhat (?:would|could|will|does it take to) change (?:your|the|this) (?:mind|opinion|advice|verdict|recommendation|result|outcome|card)\b/i;

/** "What would have to be different for you to say Flask?" */
const ASKS_FOR_FLIP =
  /\bwhat (?:\w+ ){0,2}(?:have|has|need|needs) to (?:change|happen|differ|be)\b.*\b(?:you|verdict|advice|card|result)\b/i;
/** "Any counterarguments?" */
const ASKS_FOR_OTHER_SIDE =
  /\b(?:counter[- ]?arguments?|devil[’']s advocate|the other side|speaks against (?:it|this|that)|against (?:this|your) (?:advice|verdict))\b/i;

/** Returns whether a question asks for the reasons of the card's advice, or what would change it. */
export function asksAboutAdvice(question: string): boolean {
  if (
    [ONLY_ASKS_WHY, ASKS_FOR_CHANGE, ASKS_FOR_FLIP, ASKS_FOR_OTHER_SIDE].some((asks) => asks.test(question))
  )
    return true;
  return ASKS_WHY.test(question) && (ABOUT_ADVICE.test(question) || ABOUT_STRENGTH.test(question));
}
