import { parseArgs } from 'node:util'
import { playRolling } from './play-rolling.ts'
import { doors, startReplicas } from './start-replicas.ts'

/**
 * `node test/rolling/run.ts [--only SERVICE] [--restarts 20] [--rate 200]`: restarts one service
 * after the other under load. Exit code 1: a request failed, or a message was lost, doubled or out of order.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [...doors] },
    restarts: { type: 'string', default: '20' },
    rate: { type: 'string', default: '200' },
  },
})
await using replicas = await startReplicas()
for (const door of doors.filter((name) => values.only.includes(name))) {
  const { summary, problems } = await playRolling(replicas, {
    waves: [[door]],
    restarts: Number(values.restarts),
    perSecond: Number(values.rate),
  })
  console.log([summary, ...problems.slice(0, 20)].join('\n  '))
  if (problems.length > 0) process.exitCode = 1
}
