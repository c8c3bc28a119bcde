/** The names of the metrics in a query. */
export function metricsIn(expr: string): string[] {
  const bare = expr
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')
    .replaceAll(/{[^}]*}/g, '')
    .replaceAll(/\[[^\]]*\]/g, '')
    .replaceAll(/\boffset \w+/g, '')
    .replaceAll(/\b(by|on|without|ignoring) \([^)]*\)/g, '')
  return [...bare.matchAll(/[a-zA-Z_:][\w:]*(?!\s*\(|[\w:])/g)]
    .map(([name]) => name)
    .filter((name) => !words.has(name))
}

/** The metrics in a query that some of their labels are asked for. */
export function selectorsIn(expr: string): { metric: string; labels: string[] }[] {
  return [...expr.matchAll(/([a-zA-Z_:][\w:]*){([^}]*)}/g)].map(([, metric, pairs]) => ({
    metric: metric!,
    labels: [...pairs!.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label]) => label!),
  }))
}

/** Which labels are kept of which metrics: `by`, with what it is applied to. */
export function groupingsIn(expr: string): { labels: string[]; metrics: string[] }[] {
  return [...expr.matchAll(/\bby \(([^)]*)\) \(/g)].map(({ 0: found, 1: labels, index }) => {
    const inside = untilClosed(expr.slice(index + found.length))
    return {
      labels: labels!.split(',').map((label) => label.trim()),
      metrics: inside.includes('label_replace') ? [] : metricsIn(inside),
    }
  })
}

/** What labels are compared with, each word of an alternative by itself; patterns are left out. */
export function valuesIn(expr: string): { metric: string; label: string; value: string }[] {
  return [...expr.matchAll(/([a-zA-Z_:][\w:]*){([^}]*)}/g)].flatMap(([, metric, pairs]) =>
    [...pairs!.matchAll(/(\w+)(?:=~|!~|!=|=)"([^"]*)"/g)].flatMap(([, label, values]) =>
      values!
        .split('|')
        .filter((value) => /^[\w-]+$/.test(value))
        .map((value) => ({ metric: metric!, label: label!, value })),
    ),
  )
}

/** What a panel's axis has to be in to show it. */
export function unitsOf(expr: string): string[] {
  const [metric = 'vector'] = metricsIn(expr)
  if (/:ratio_|^vector$/.test(metric)) return ['percentunit']
  if (/\brate\(/.test(expr) && /_(total|count)$/.test(metric) && !metric.endsWith('_seconds_total'))
    return /_count\b.*_sum|_sum\b.*_count/.test(expr) ? ['short'] : ['reqps', 'ops']
  if (/_bytes(_max)?$/.test(metric)) return ['bytes']
  if (/_seconds(_left|_bucket)?$/.test(metric) && !/\b(increase|count)\(/.test(expr)) return ['s']
  return ['short']
}

function untilClosed(text: string): string {
  let depth = 1
  const end = [...text].findIndex((sign) => (depth += sign === '(' ? 1 : sign === ')' ? -1 : 0) === 0)
  return text.slice(0, end)
}

const words = new Set(['and', 'or', 'unless', 'on', 'by', 'bool'])
