import type { IProbe } from 'kubernetes-models/v1/Probe'
import { eachLasting } from './rule.ts'
import type { Rule } from './rule.ts'

/** How a container tells how it is, and how long it is waited for. */
export const probeRules: Rule[] = [
  {
    id: 25,
    says: 'a container tells on a declared port when it started, lives and is ready, the last two apart',
    check: eachLasting(({ living }) =>
      living.flatMap(({ name, startupProbe, livenessProbe, readinessProbe, ports = [] }) => {
        const places = [startupProbe, livenessProbe, readinessProbe].map((probe) => placeOf(probe))
        return [
          ...places
            .filter(({ port }) => !port || !ports.some((one) => [one.name, one.containerPort].includes(port)))
            .map(() => `container ${name}: a probe without a declared port`),
          ...(places[1]!.path === places[2]!.path
            ? [`container ${name}: liveness asks what readiness asks`]
            : []),
        ]
      }),
    ),
  },
  {
    id: 48,
    says: 'a container has half a minute to start and to recover before it is started again, and half a minute at most to be asked for nothing more',
    check: eachLasting(({ living }) =>
      living
        .filter(
          ({ startupProbe, livenessProbe, readinessProbe }) =>
            patience(startupProbe) < 30 || patience(livenessProbe) < 30 || patience(readinessProbe) > 30,
        )
        .map(({ name }) => `container ${name}`),
    ),
  },
]

/** For how many seconds an answer may stay away. */
export function patience({ periodSeconds = 10, failureThreshold = 3 }: IProbe = {}): number {
  return periodSeconds * failureThreshold
}

function placeOf(probe: IProbe | undefined): { port?: number | string; path: string } {
  const { httpGet, tcpSocket } = probe ?? {}
  return { port: (httpGet ?? tcpSocket)?.port, path: httpGet?.path ?? '' }
}
