import { type Line, lineText } from './rich-text.ts';

/** Groups lines into as few lists as possible, each shorter than `longest` characters unless a single line is longer. */
export function packLines(lines: readonly Line[], longest: number): Line[][] {
  const groups: { readonly lines: Line[]; length: number }[] = [];
  for (const line of lines) {
    const { length } = lineText(line);
    const last = groups.at(-1);
    if (last && last.length + length < longest) {
      last.lines.push(line);
      last.length += length;
    } else groups.push({ lines: [line], length });
  }
  return groups.map((group) => group.lines);
}
