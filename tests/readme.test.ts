import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../src/config.ts';
import { asMarkdown } from './support/card-as-markdown.ts';
import { cardWith, decisionWith, rubric } from './support/decision.ts';

const README = new URL('../README.md', import.meta.url);
const EXAMPLE = {
  stage: 'product',
  audience: 'general',
  size: 'grow',
  shape: 'one_product',
  interface: 'rich_client',
  admin: 'maybe',
  unknowns: 'technical',
  tech: 'custom',
  security: 'high',
};

describe('the README', () => {
  it('shows the card as it is (UPDATE_README=1 renews it)', () => {
    const readme = readFileSync(README, 'utf8');
    const between = /(?<=<!-- card:start -->\n)[\s\S]*(?=<!-- card:end -->)/;
    const shown = `\n${asMarkdown(cardWith(rubric, decisionWith(EXAMPLE)))}\n\n`;
    if (process.env.UPDATE_README)
      writeFileSync(
        README,
        readme.replace(between, () => shown),
      );
    else expect(between.exec(readme)?.[0]).toBe(shown);
  });

  it('names every variable that the bot reads, and .env.example too', () => {
    const loaded = loadConfig({
      PORT: 'x',
      LOG_LEVEL: 'x',
      SLASH_COMMAND: 'x',
      SLACK_API_URL: 'x',
      DATABASE_URL: 'x://',
      SLACK_APP_TOKEN: 'x',
      SLACK_SIGNING_SECRET: 'x',
    });
    const names = loaded.ok ? [] : loaded.problems.map((problem) => problem.split(' ')[0] ?? '');
    expect(names).toHaveLength(8);
    const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
    for (const name of [...names, 'HOST']) {
      expect(readFileSync(README, 'utf8')).toContain(`\`${name}\``);
      expect(example).toContain(`${name}=`);
    }
  });
});
