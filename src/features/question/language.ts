// Tells English from other languages, well enough to say that the bot reads only English.
import { wordsOf } from '../../advice/search/words.ts';

const listed = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Frequent words of other languages, without accents. None of them is common in English messages. */
const FOREIGN = listed(
  // German and Dutch
  `der das ist und nicht wie fur mit oder wir ich ihr welche welcher welches wann warum kann sollten eine einen besser
  schneller sicherer auch zu sind gibt het een niet welke voor zijn hoe sneller waarom wij kunnen
  ` +
    // French, Italian, Spanish and Portuguese
    `les une pour avec quel quelle quels nous vous dans comment pourquoi cest rapide mieux sont faut il che quale
  perche piu sono con meglio veloce della los las para cual cuales como por mas usar mejor rapido segura seguro porque mais ou cosa mi e o
  es el una qual melhor nao devemos esta est qui et
  ` +
    // Polish, Czech, Turkish, Swedish, Danish and Norwegian
    `se puede puedo podemos puedes hacer vez en de del al un tu su este pero muy esto mejores usa
  je tu un sur avez peut faut pouvez ca cette mon ma posso usare quale devo fare meglio sul nel
  um uma da voce posso devo fazer qual melhores ainda
  man soll sollte ich mir mein meine unser unsere brauche brauchen etwas nehmen gut gute beste warum
  apakah yang lebih mana untuk dan dengan atau bagus saya
  hay nao tot hon va cho nen
  sau mai bun pentru este care vagy jobb melyik onko parempi vai kumpi hai kya acha
  ` +
    `czy lub albo jest jak ktory lepszy dla nie je lepsi ktery icin hangi daha nasil bir guvenli ar och som inte hvad er
  bedre vilken hvilken snabbare hurtigere og`,
);

const ENGLISH = listed(
  `the a an is are do does did can could should would will what which who how why when where we you it they i our your
  of to for with and or in on at this that there if not be have has use better than about more any so but as from`,
);

const FRAMEWORKS = listed('django flask');

/** Returns whether a message is in another language than English. */
export function isForeign(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if ((letters - latin) * 3 > letters) return true;
  const words = wordsOf(text).filter((word) => !FRAMEWORKS.has(word));
  const foreign = words.filter((word) => FOREIGN.has(word)).length + (/[¿¡]/.test(text) ? 1 : 0);
  const english = words.filter((word) => ENGLISH.has(word)).length;
  // A single foreign word among English ones may be a name.
  return foreign > english && (foreign > 1 || english === 0);
}
