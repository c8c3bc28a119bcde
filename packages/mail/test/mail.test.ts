import { randomUUID } from 'node:crypto'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { queueMail } from '@candor/mail/queue-mail'
import { atOnce } from '@candor/mail/send-mail'
import { asTenant } from '@candor/runtime/tenancy'
import { day, second } from '@candor/testing/movable-clock'
import { settle } from '@candor/testing/settle'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { refusal, startPostOffice } from './post-office.ts'
import { startMail } from './start-mail.ts'

let mail: Awaited<ReturnType<typeof startMail>>
let office: Awaited<ReturnType<typeof startPostOffice>>
let tenantId: string
let to: string
const senders: ReturnType<typeof mail.sender>[] = []
beforeAll(async () => {
  mail = await startMail()
})
beforeEach(async () => {
  await mail.clear()
  office = await startPostOffice()
  tenantId = randomUUID()
  to = `${tenantId}@example.org`
})
afterEach(async () => {
  await Promise.all(senders.splice(0).map((sender) => sender.stop()))
  await office[Symbol.asyncDispose]()
})
afterAll(() => mail[Symbol.asyncDispose]())

function send(url = office.url) {
  const sender = mail.sender(url)
  senders.push(sender)
  return sender
}

const delivered = (count: number) => settle(() => expect(office.to(to)).toHaveLength(count))
/** Waits until letters have come out of a sender as told, and no others. */
const came = (sender: ReturnType<typeof send>, outcomes: Record<string, number>) =>
  settle(async () => expect(await sender.outcomes()).toEqual(outcomes))
const done = () => settle(async () => expect(await mail.schedule(tenantId)).toEqual([]))

test('a letter is queued once a key, whoever asks at the same time and however often', async () => {
  const asked = await Promise.all(Array.from({ length: 8 }, () => mail.queue(tenantId, { to })))
  expect(asked.filter(Boolean)).toHaveLength(1)
  send()
  await done()
  expect(await mail.queue(tenantId, { to })).toBe(false)
  expect(await mail.queue(tenantId, { to, onceKey: 'farewell' })).toBe(true)
  await delivered(2)
  const other = randomUUID()
  expect(await mail.queue(other, { to })).toBe(true)
  await delivered(3)
})

test('a letter whose cause is rolled back is not queued', async () => {
  const changedMind = asTenant(mail.db, tenantId, async (trx) => {
    await queueMail(trx, { ...mail.letter(tenantId), to })
    throw new Error('changed my mind')
  })
  await expect(changedMind).rejects.toThrow('changed my mind')
  expect([await mail.rows(tenantId), await mail.schedule(tenantId)]).toEqual([[], []])
})

test('a letter goes out by SMTP, once, as text and as HTML', async () => {
  await mail.queue(tenantId, { to, subject: 'Grüße', text: 'Hello Ada', html: '<p>Hello <b>Ada</b></p>' })
  const sender = send()
  await delivered(1)
  await done()
  const [letter] = office.to(to)
  expect(letter!.header('from')).toBe('Candor <no-reply@candor.localhost>')
  expect(letter!.header('subject')).toMatch(/^=\?UTF-8\?/)
  expect(letter!.header('message-id')).toBe(`<${(await mail.rows(tenantId))[0]!.id}@candor>`)
  expect(letter!.source).toContain('text/plain')
  expect(letter!.source).toContain('<p>Hello <b>Ada</b></p>')
  await came(sender, { sent: 1 })
})

test('once a letter is sent only the fact is left', async () => {
  await mail.queue(tenantId, { to, subjectId: randomUUID() })
  send()
  await done()
  const [row] = await mail.rows(tenantId)
  expect(row).toMatchObject({ once_key: 'welcome', sent_at: mail.clock.now() })
  const { to_address, subject_id, subject, text, html } = row!
  expect([to_address, subject_id, subject, text, html]).toEqual([null, null, null, null, null])
})

test.for([421, 450, 451])(
  'a letter that is refused with %i is tried again, later each time, with the same id',
  async (code) => {
    let refusalsLeft = 2
    office.treat = async () => {
      if (refusalsLeft-- > 0) throw refusal(code)
    }
    await mail.queue(tenantId, { to })
    const sender = send()
    const due = async () => (await mail.schedule(tenantId))[0]!
    const waits: number[] = []
    for (const attempts of [1, 2]) {
      await came(sender, { failed: attempts })
      const { due_at } = await due()
      waits.push(due_at.getTime() - mail.clock.now().getTime())
      expect((await due()).attempts).toBe(attempts)
      expect(office.to(to)).toEqual([])
      mail.clock.set(due_at.toISOString())
    }
    expect(waits[1]!).toBeGreaterThan(waits[0]!)
    expect(waits[0]!).toBeGreaterThanOrEqual(second)
    await delivered(1)
    await done()
  },
)

test('while the mail server is away letters wait, and go out by themselves when it is back', async () => {
  const closed = createServer()
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
  const { port } = closed.address() as AddressInfo
  await new Promise((resolve) => closed.close(resolve))
  await mail.queue(tenantId, { to })
  const first = send(`smtp://127.0.0.1:${port}`)
  await came(first, { failed: 1 })
  await first.stop()
  mail.clock.advance(day)
  expect(await first.gauge('mail_letters_waiting')).toBe(1)
  expect(await first.gauge('mail_oldest_letter_age_seconds')).toBe(day / second)
  const next = send()
  await delivered(1)
  await settle(async () => expect(await next.gauge('mail_letters_waiting')).toBe(0))
  expect(await next.gauge('mail_oldest_letter_age_seconds')).toBe(0)
})

test('a mail server that takes the connection and says nothing does not hold a letter for longer than its lease', async () => {
  const silent = createServer(() => {})
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  await mail.queue(tenantId, { to })
  const { port } = silent.address() as AddressInfo
  const stuck = send(`smtp://127.0.0.1:${port}`)
  await came(stuck, { failed: 1 })
  silent.close()
})

test('after three days a letter is given up, and what it said is forgotten', async () => {
  office.treat = async () => {
    throw refusal(450)
  }
  await mail.queue(tenantId, { to })
  const sender = send()
  await came(sender, { failed: 1 })
  mail.clock.advance(3 * day + second)
  await done()
  expect(await mail.rows(tenantId)).toMatchObject([{ to_address: null, text: null, sent_at: null }])
  await came(sender, { failed: 1, 'given-up': 1 })
})

test('a letter that is refused for good is not sent again, and what it said is forgotten', async () => {
  office.treat = async () => {
    throw refusal(552)
  }
  await mail.queue(tenantId, { to })
  const sender = send()
  await done()
  expect(await mail.rows(tenantId)).toMatchObject([{ to_address: null, text: null, sent_at: null }])
  await came(sender, { refused: 1 })
})

test('of several senders one claims each letter', async () => {
  const count = 30
  for (let n = 0; n < count; n++)
    await mail.queue(tenantId, { to, onceKey: `letter ${n}`, subject: `letter ${n}` })
  const running = [send(), send(), send()]
  await done()
  const subjects = office.to(to).map((letter) => letter.header('subject'))
  expect(subjects).toHaveLength(count)
  expect(new Set(subjects).size).toBe(count)
  await settle(async () => {
    const sent = await Promise.all(running.map(async (sender) => (await sender.outcomes()).sent ?? 0))
    expect(sent.reduce((sum, n) => sum + n)).toBe(count)
    expect(sent.filter((n) => n > 0).length).toBeGreaterThan(1)
  })
})

test('each claim takes one letter, also where the planner knows the schedule to be short', async () => {
  // Empty, as it mostly is, after letters stood in it.
  await mail.queue(tenantId, { to, onceKey: 'earlier' })
  await mail.clear()
  await mail.analyze()
  const count = atOnce * 3
  for (let n = 0; n < count; n++) await mail.queue(tenantId, { to, onceKey: `letter ${n}` })
  send()
  await delivered(count)
})

test('a letter that a slow server is still reading is not claimed again', async () => {
  const reading = Promise.withResolvers<void>()
  const letGo = Promise.withResolvers<void>()
  office.treat = async () => {
    reading.resolve()
    await letGo.promise
  }
  await mail.queue(tenantId, { to })
  send()
  await reading.promise
  office.treat = async () => {}
  send()
  await mail.queue(randomUUID(), { to: 'somebody@example.org' })
  await settle(() => expect(office.to('somebody@example.org')).toHaveLength(1))
  expect(office.to(to)).toEqual([])
  letGo.resolve()
  await delivered(1)
  await done()
})

test('what a sender has in hand it does not take up again, though its lease is over', async () => {
  const letGo = Promise.withResolvers<void>()
  const reading: string[] = []
  office.treat = async (address) => {
    reading.push(address)
    await letGo.promise
  }
  await mail.queue(tenantId, { to })
  send()
  await settle(() => expect(reading).toEqual([to]))
  mail.clock.advance(61 * second)
  const other = 'somebody@example.org'
  await mail.queue(tenantId, { to: other, onceKey: 'other' })
  await settle(() => expect(reading).toEqual([to, other]))
  letGo.resolve()
  await done()
})

test('a letter that hangs for longer than its lease is sent by whoever is free', async () => {
  const reading = Promise.withResolvers<void>()
  const letGo = Promise.withResolvers<void>()
  office.treat = async () => {
    reading.resolve()
    await letGo.promise
    throw refusal(451)
  }
  await mail.queue(tenantId, { to })
  const hanging = send()
  await reading.promise
  office.treat = async () => {}
  mail.clock.advance(59 * second)
  send()
  await mail.queue(tenantId, { to, onceKey: 'other' })
  await delivered(1)
  mail.clock.advance(2 * second)
  await delivered(2)
  letGo.resolve()
  await settle(async () => expect((await hanging.outcomes()).failed).toBe(1))
  expect(office.to(to)).toHaveLength(2)
  await done()
})

test.for(['address', 'visitor'] as const)(
  'a letter is not sent once its person, known by %s, was erased',
  async (by) => {
    const visitorId = randomUUID()
    office.treat = async (address) => {
      if (address === to) throw refusal(450)
    }
    await mail.queue(tenantId, { to, subjectId: visitorId })
    await mail.queue(tenantId, { to: `other-${to}`, onceKey: 'other' })
    const sender = send()
    await came(sender, { failed: 1, sent: 1 })
    const subject = {
      tenantId,
      emails: by === 'address' ? [to] : [],
      visitorIds: by === 'visitor' ? [visitorId] : [],
      userIds: [],
    }
    const report = await mail.holder.eraseSubject({ subject, requestId: randomUUID() }, {} as never)
    expect(report.erased).toEqual([{ table: 'mail_queue', action: 'deleted', rows: 1 }])
    office.treat = async () => {}
    mail.clock.advance(day)
    await done()
    expect(office.to(to)).toEqual([])
    await came(sender, { failed: 1, sent: 1, withdrawn: 1 })
  },
)

test('a sender that stops finishes its letters and leaves the rest for others', async () => {
  const letGo = Promise.withResolvers<void>()
  let reading = 0
  office.treat = async () => {
    reading++
    await letGo.promise
  }
  for (let n = 0; n < atOnce + 2; n++) await mail.queue(tenantId, { to, onceKey: `letter ${n}` })
  const stopping = send()
  await settle(() => expect(reading).toBe(atOnce))
  const stopped = stopping.stop()
  letGo.resolve()
  await stopped
  expect(office.to(to)).toHaveLength(atOnce)
  expect(await mail.schedule(tenantId)).toMatchObject([{ attempts: 0 }, { attempts: 0 }])
  send()
  await delivered(atOnce + 2)
})

test('nobody but its tenant sees a letter, and the schedule that all see tells nothing of anybody', async () => {
  await mail.queue(tenantId, { to })
  const seen = (as: string) =>
    asTenant(mail.db, as, (trx) => trx.selectFrom('mail_queue').selectAll().execute())
  expect(await seen(randomUUID())).toEqual([])
  expect(await seen(tenantId)).toHaveLength(1)
  expect(Object.keys((await mail.schedule(tenantId))[0]!).toSorted()).toEqual([
    'attempts',
    'due_at',
    'mail_id',
    'tenant_id',
  ])
})
