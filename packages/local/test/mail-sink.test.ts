import { createTransport } from 'nodemailer'
import { expect, test } from 'vitest'
import { startMailSink } from '../src/mail-sink/mail-sink.ts'
import { openMailStore } from '../src/mail-sink/store.ts'
import { temporaryFolder } from './folder.ts'

test('a mail sent over SMTP is listed with its envelope, text, HTML and headers, also after a restart', async () => {
  using folder = temporaryFolder()
  const first = await startMailSink({ folder: folder.path })
  await send(first.smtpUrl, { to: 'Rosie <rosie@example.org>', bcc: 'hidden@example.org', subject: 'Grüße' })
  await first.stop()
  const sink = await startMailSink({ folder: folder.path })
  await send(sink.smtpUrl, { to: 'other@example.org', subject: 'Second' })
  const mails = await getMails(sink.httpUrl)
  expect(mails.map((mail) => mail.subject)).toEqual(['Second', 'Grüße'])
  expect(mails[1]).toMatchObject({
    from: 'no-reply@candor.localhost',
    to: ['rosie@example.org', 'hidden@example.org'],
    text: 'Hello in text\n',
    html: '<p>Hello in <b>HTML</b></p><script>alert(1)</script>\n',
    headers: { from: 'Candor <no-reply@candor.localhost>', 'x-kind': 'test' },
    attachments: [{ name: 'a.json', mediaType: 'application/json', bytes: 2 }],
  })
  expect(await getMails(sink.httpUrl, '?to=HIDDEN@example.org')).toHaveLength(1)
  await sink.stop()
})

test('asking for a mail that is not there is answered so and harms nobody else', async () => {
  using folder = temporaryFolder()
  const sink = await startMailSink({ folder: folder.path })
  for (const path of ['/mail/api/messages/nope', '/mail/messages/nope/html'])
    expect((await fetch(sink.httpUrl + path)).status).toBe(404)
  expect(await getMails(sink.httpUrl)).toEqual([])
  await sink.stop()
})

test('the page shows a mail, its HTML alone in a sandbox that runs no script and loads nothing', async () => {
  using folder = temporaryFolder()
  const sink = await startMailSink({ folder: folder.path })
  await send(sink.smtpUrl, { to: 'rosie@example.org', subject: '<img src=x onerror=alert(1)>' })
  const { id } = (await getMails(sink.httpUrl))[0]!
  const page = await (await fetch(`${sink.httpUrl}/mail/messages/${id}`)).text()
  expect(page).toContain('&#60;img src=x onerror=alert(1)&#62;')
  expect(page).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"')
  const inner = await fetch(`${sink.httpUrl}/mail/messages/${id}/html`)
  const policy = inner.headers.get('content-security-policy')
  expect(policy).toMatch(/^sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'/)
  expect(policy).not.toMatch(/script|https?:/)
  await sink.stop()
})

test('deleting all leaves none, on the page and on disk', async () => {
  using folder = temporaryFolder()
  const sink = await startMailSink({ folder: folder.path })
  await send(sink.smtpUrl, { to: 'rosie@example.org', subject: 'One' })
  expect((await fetch(`${sink.httpUrl}/mail/api/messages`, { method: 'DELETE' })).status).toBe(204)
  expect(await getMails(sink.httpUrl)).toEqual([])
  expect((await openMailStore(folder.path)).messages).toEqual([])
  await sink.stop()
})

test('only the newest mails are kept', async () => {
  using folder = temporaryFolder()
  const store = await openMailStore(folder.path, 2)
  for (const subject of ['1', '2', '3']) {
    await store.add(
      { from: 'a@example.org', to: ['b@example.org'] },
      Buffer.from(`Subject: ${subject}\r\n\r\nx`),
    )
  }
  expect(store.messages.map((mail) => mail.subject)).toEqual(['3', '2'])
  expect((await openMailStore(folder.path, 2)).messages.map((mail) => mail.subject)).toEqual(['3', '2'])
})

async function send(smtpUrl: string, mail: { to: string; bcc?: string; subject: string }): Promise<void> {
  const transport = createTransport(smtpUrl)
  await transport.sendMail({
    ...mail,
    from: 'Candor <no-reply@candor.localhost>',
    text: 'Hello in text',
    html: '<p>Hello in <b>HTML</b></p><script>alert(1)</script>',
    headers: { 'x-kind': 'test' },
    attachments: [{ filename: 'a.json', content: '{}' }],
  })
  transport.close()
}

async function getMails(httpUrl: string, query = ''): Promise<Record<string, unknown>[]> {
  return (await fetch(`${httpUrl}/mail/api/messages${query}`)).json() as Promise<Record<string, unknown>[]>
}
