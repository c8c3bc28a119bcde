import { setTimeout as delay } from 'node:timers/promises'
import { startPlatform } from './platform/start-platform.ts'
import { openBusiness } from './load/open-business.ts'
import { write } from './load/write.ts'
await using platform = await startPlatform()
const business = await openBusiness(platform.url, 20)
const history: any[] = []
let stored = 0
const t = performance.now()
const stop = new AbortController()
const w = Promise.all(
  business.conversations.map(({ id, visitor }, i) =>
    write({
      candor: visitor.candor,
      writer: `v${i}`,
      conversation: id,
      count: 100000,
      history,
      signal: stop.signal,
      onStored: () => stored++,
    }),
  ),
)
const tick = setInterval(
  () =>
    console.log(
      ((performance.now() - t) / 1000).toFixed(1),
      stored,
      history.filter((h) => h.type === 'info').length,
    ),
  3000,
)
await delay(5000)
console.log('freeze')
platform.lines[process.argv[2]!]!.freeze()
await delay(45000)
stop.abort()
clearInterval(tick)
await w
