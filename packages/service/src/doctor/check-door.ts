import type { Check, Finding } from '@candor/runtime/check-up'

/** What the service beside which the doctor runs says of itself. */
export function doorCheck({
  OPERATIONS_PORT,
  LISTEN_ON,
}: {
  OPERATIONS_PORT: number
  LISTEN_ON?: string | undefined
}): Check {
  return {
    name: 'readiness',
    async look() {
      const host = LISTEN_ON?.includes(':') ? `[${LISTEN_ON}]` : (LISTEN_ON ?? '127.0.0.1')
      const url = `http://${host}:${OPERATIONS_PORT}/readyz`
      const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch((err: Error) => err)
      if (answer instanceof Error && answer.name === 'TimeoutError') return silence
      if (answer instanceof Error) return { found: `no service runs beside this doctor, at ${url}` }
      const text = await answer.text()
      return {
        found: text,
        wrong: answer.ok
          ? []
          : [{ what: `it is not ready: ${text}`, toDo: 'See deploy/runbooks/DependencyAway.md.' }],
      }
    },
  }
}

const silence: Finding = {
  found: 'no answer within five seconds',
  wrong: [
    {
      what: 'its process runs and does nothing',
      toDo: 'What holds it up may stand in its log; Kubernetes starts it again, on a laptop its end by SIGKILL does.',
    },
  ],
}
