import { randomUUID } from 'node:crypto'
import { day } from '@candor/testing/movable-clock'
import { settle } from '@candor/testing/settle'
import type { SMTPServerOptions } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusal, startPostOffice } from './post-office.ts'
import { startMail } from './start-mail.ts'

let mail: Awaited<ReturnType<typeof startMail>>
beforeAll(async () => {
  mail = await startMail()
})
afterAll(() => mail[Symbol.asyncDispose]())

const closed: [what: string, rules: SMTPServerOptions][] = [
  ['that takes nobody in', { onConnect: (_session, done) => done(refusal(554)) }],
  [
    'that does not know our password',
    {
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(refusal(535)),
    },
  ],
  ['that does not take our own address', { onMailFrom: (_address, _session, done) => done(refusal(550)) }],
]

test.each(closed)('a mail server %s costs no letter', async (_what, rules) => {
  const tenantId = randomUUID()
  const to = `${tenantId}@example.org`
  await using office = await startPostOffice(rules)
  await mail.queue(tenantId, { to })
  const sender = mail.sender(office.url.replace('://', '://candor:wrong@'))
  await settle(async () => expect(await sender.outcomes()).toEqual({ failed: 1 }))
  await sender.stop()
  expect(await mail.rows(tenantId)).toMatchObject([{ to_address: to, text: 'Hello Ada' }])

  await using open = await startPostOffice()
  mail.clock.advance(day)
  const next = mail.sender(open.url)
  await settle(() => expect(open.to(to)).toHaveLength(1))
  await next.stop()
})
