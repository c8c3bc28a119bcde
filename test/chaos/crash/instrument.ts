/**
 * Puts a crash point before each step of a module that another machine sees: what it publishes to a stream, acknowledges
 * to the broker, or mails. Commits need none in the source: they are met where they leave for PostgreSQL.
 */
export function instrument(source: string, module: string): { source: string; sites: string[] } {
  const sites: string[] = []
  const instrumented = source.replace(step, (call: string, callee: string, what: string) => {
    const kind = kinds[what]!
    const nth = sites.filter((site) => site.startsWith(`before ${kind} `)).length
    const site = `before ${kind} in ${module}${nth > 0 ? ` (${nth + 1})` : ''}`
    sites.push(site)
    return `(crashPoint(${JSON.stringify(site)}), ${callee}).${what}(`
  })
  return { source: instrumented, sites }
}

/** The objects by which it is done are called by these names throughout, which a test holds to. */
const step =
  /\b(js|jetstream\(nats, \{[^}]*\}\)|message|transport)\.(publish|ack|ackAck|nak|term|sendMail)\(/g

const kinds: Record<string, string> = {
  publish: 'publish',
  ack: 'acknowledge',
  ackAck: 'acknowledge',
  nak: 'refuse',
  term: 'drop',
  sendMail: 'send',
}
