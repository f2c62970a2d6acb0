// Recognizes questions about the advice of the card in whose thread they are asked.
const ASKS_WHY = /\b(?:why|how come|how did you|explain|reasons?)\b/i;
const ABOUT_ADVICE =
  /\byou (?:say|said|recommend|suggest|pick|choose|chose|advise|decide|think|come)|\byour (?:advice|verdict|recommendation|choice|answer)|\b(?:the|this) (?:advice|verdict|card|recommendation|result)|\bfor (?:us|(?:our|this|my|the) project)\b/i;

/** Returns whether a question asks for the reasons of the card's advice. */
export function asksAboutAdvice(question: string): boolean {
  return ASKS_WHY.test(question) && ABOUT_ADVICE.test(question);
}
