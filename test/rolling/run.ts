import { readCommandLine } from '@candor/runtime/command-line'
import { playRolling } from './play-rolling.ts'
import { doors, startReplicas } from './start-replicas.ts'

const usage = `Usage: node test/rolling/run.ts [--only SERVICE]... [--restarts 20] [--rate 200]
Restarts one service after the other under load. Exit code 1: a request failed, or a message was lost, doubled or out of
order. SERVICE: ${doors.join(', ')}`
const { values, choose, wholeNumber } = readCommandLine(usage, {
  options: {
    only: { type: 'string', multiple: true, default: [...doors] },
    restarts: { type: 'string', default: '20' },
    rate: { type: 'string', default: '200' },
  },
})
const chosen = choose('service', values.only, doors)
const restarts = wholeNumber('restarts', values.restarts)
const perSecond = wholeNumber('rate', values.rate)
await using replicas = await startReplicas()
for (const door of chosen) {
  const { summary, problems } = await playRolling(replicas, {
    waves: [[door]],
    restarts,
    perSecond,
  })
  console.log([summary, ...problems.slice(0, 20)].join('\n  '))
  if (problems.length > 0) process.exitCode = 1
}
