import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');
const page = read('docs/threat-model.md');
const security = read('SECURITY.md');
/** Attack, what stops it, and what holds that. */
const rows = [...page.matchAll(/^\|(.*?)\| (.+) \| (.+) \| (.+) \|$/gm)].map(([, place, , , heldBy]) => ({
  place: /\d/.exec(place ?? '')?.[0],
  heldBy: heldBy ?? '',
}));

describe('the threat model', () => {
  it('names tests that there are, in every row', () => {
    const attacks = rows.filter(({ heldBy }) => !/^(held by|---)$/.test(heldBy));
    expect(attacks.length).toBeGreaterThan(20);
    for (const { heldBy } of attacks) {
      const files = [...heldBy.matchAll(/`(tests\/[\w./-]+)`/g)].map(([, file]) => file ?? '');
      expect(files, heldBy).not.toEqual([]);
      for (const file of files) expect(existsSync(new URL(file, ROOT)), file).toBe(true);
    }
  });

  it('has rows for every place in its diagram, and no others', () => {
    const diagram = /```([\s\S]*?)```/.exec(page)?.[1] ?? '';
    const drawn = [...diagram.matchAll(/(?<![\w.])(\d) [a-z]/g)].map(([, place]) => place);
    expect([...new Set(rows.flatMap(({ place }) => place ?? []))].sort()).toEqual(drawn.sort());
  });

  it('and SECURITY.md lead to files that there are, and say nothing twice', () => {
    for (const [from, text] of [
      ['docs/threat-model.md', page],
      ['SECURITY.md', security],
    ] as const) {
      const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, to]) => to ?? '');
      expect(links.length).toBeGreaterThan(1);
      for (const link of links) expect(existsSync(new URL(link, new URL(from, ROOT))), link).toBe(true);
    }
    const sentences = security.split(/[.;\n]/).filter((sentence) => sentence.trim().length > 50);
    expect(sentences.filter((sentence) => page.includes(sentence.trim()))).toEqual([]);
  });
});
