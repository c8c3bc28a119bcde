import { expect, test } from 'vitest'
import { playRolling } from './play-rolling.ts'
import { startReplicas } from './start-replicas.ts'

/** Every service once, two at a time and fewer requests than it takes; the long form is `node test/rolling/run.ts`. */
test('replicas come and go under load while they are still sent requests: none fails, and no message is lost', async () => {
  await using replicas = await startReplicas()
  for (const rolled of [
    ['identity', 'chat'],
    ['billing', 'transcripts'],
    ['privacy', 'web'],
  ] as const) {
    const { summary, problems } = await playRolling(replicas, { rolled, restarts: 1, perSecond: 50 })
    expect(problems, summary).toEqual([])
  }
})
