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

const words = new Set(['and', 'or', 'unless', 'on', 'by', 'bool'])
