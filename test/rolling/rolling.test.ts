import { expect, test } from 'vitest'
import { playRolling } from './play-rolling.ts'
import { doors, startReplicas } from './start-replicas.ts'

/** Every service once, three at a time and fewer requests than it takes; the long form is `node test/rolling/run.ts`. */
test('replicas come and go under load, with new passwords and keys, while they are still sent requests: none fails, and no message is lost', async () => {
  await using replicas = await startReplicas()
  await replicas.credentials.letNewIn()
  const { summary, problems } = await playRolling(replicas, {
    waves: [doors.slice(0, 3), doors.slice(3)],
    restarts: 1,
    perSecond: 30,
    atEnd: () => replicas.credentials.shutOldOut(),
  })
  expect(problems, summary).toEqual([])
})
