/** Joins lines into as few texts as possible, each shorter than `longest` characters unless a single line is longer. */
export function packLines(lines: readonly string[], longest: number): string[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + line.length < longest) {
      texts[texts.length - 1] = `${last}\n${line}`;
    } else texts.push(line);
  }
  return texts;
}
