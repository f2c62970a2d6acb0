/** What an expression of PromQL is about, as far as the rules in deploy/alerts.yml go. */
export interface Expression {
  readonly metrics: readonly {
    readonly name: string;
    readonly matchers: readonly {
      readonly label: string;
      readonly operator: string;
      readonly value: string;
    }[];
  }[];
  /** Labels that are left, where the expression says which; null where it keeps all of them. */
  readonly left: readonly string[] | null;
}

const FUNCTIONS = ['sum', 'max', 'rate', 'increase', 'histogram_quantile'];

/** Whatever is neither a known function nor a range is taken for a metric. */
export function readExpression(expression: string): Expression {
  const by = [...expression.matchAll(/\bby\s*\(([^)]*)\)/g)].flatMap(([, labels = '']) =>
    labels.split(',').map((label) => label.trim()),
  );
  const selectors = expression
    .replaceAll(/\bby\s*\([^)]*\)/g, '')
    .replaceAll(/\[\w+\]/g, '')
    .matchAll(/\b([a-z_]\w*)\s*(?:\{([^}]*)\})?/g);
  const metrics = [...selectors]
    .filter(([, name = '']) => !FUNCTIONS.includes(name))
    .map(([, name = '', inside = '']) => ({
      name,
      matchers: [...inside.matchAll(/(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"/g)].map(
        ([, label = '', operator = '', value = '']) => ({ label, operator, value }),
      ),
    }));
  const aggregates = /^\s*(sum|max|histogram_quantile)\b/.test(expression);
  return { metrics, left: aggregates ? by.filter((label) => label !== 'le') : null };
}

/** Labels and their values of each series in what /metrics says. */
export function seriesIn(text: string): ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>> {
  const series = new Map<string, Map<string, Set<string>>>();
  for (const [, name = '', inside = ''] of text.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)) {
    const labels = series.get(name) ?? new Map<string, Set<string>>();
    series.set(name, labels);
    for (const [, label = '', value = ''] of inside.matchAll(/(\w+)="([^"]*)"/g)) {
      labels.set(label, (labels.get(label) ?? new Set()).add(value));
    }
  }
  return series;
}
