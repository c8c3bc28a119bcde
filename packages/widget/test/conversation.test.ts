import type { LiveEvent } from '@candor/contracts/chat/schemas'
import { expect, test, vi } from 'vitest'
import { chatOn } from './chat.ts'
import { openShop } from './open-browser.ts'

const soon = { timeout: 15_000, interval: 20 }

test('a visitor who gives neither name nor e-mail chats; both sides see typing, delivery and reading', async () => {
  const { page, candor, problems } = await openShop()
  const chat = chatOn(page)
  await chat.open()
  await chat.say('Do you have it in blue?')
  await page.getByText('Waiting for someone to join').waitFor()
  await page.getByText('Sent', { exact: true }).waitFor()
  const { conversation, messages } = candor.model.all()[0]!
  expect(conversation.contact).toMatchObject({ name: null, email: null })
  expect(messages.map(({ text }) => text)).toEqual(['Do you have it in blue?'])

  candor.model.take(conversation.id)
  await page.getByText('Maya is here').waitFor()
  candor.model.mark(conversation.id, 'staff', 'delivered', 1)
  await page.getByText('Delivered').waitFor()
  candor.model.mark(conversation.id, 'staff', 'read', 1)
  await page.getByText('Read', { exact: true }).waitFor()
  candor.model.type(conversation.id, 'staff', true)
  await page.getByText('Maya is typing').waitFor()
  candor.model.say(conversation.id, 'Yes, in two blues.')
  await page.getByText('Yes, in two blues.').waitFor()
  await page.getByText('Maya is typing').waitFor({ state: 'detached' })
  await vi.waitFor(() => expect(conversation.markers.visitor).toEqual({ delivered: 3, read: 3 }), soon)
  expect(problems).toEqual([])
})

test('the other side is told of typing at most every few seconds, and of its end', async () => {
  const { page, candor } = await openShop()
  const chat = chatOn(page)
  await chat.open()
  await chat.say('one')
  await page.getByText('Sent', { exact: true }).waitFor()
  const signals = () => candor.calls.filter((call) => call.includes('setTyping')).length
  await chat.text.pressSequentially('and a longer sentence')
  await vi.waitFor(() => expect(signals()).toBe(1), soon)
  await chat.text.press('Enter')
  await vi.waitFor(() => expect(signals()).toBe(2), soon)
  const { messages } = candor.model.all()[0]!
  await vi.waitFor(() => expect(messages).toHaveLength(2), soon)
  expect(signals()).toBe(2)
})

test('a name and an address reach the business, and a refused address loses no text', async () => {
  const { page, candor } = await openShop()
  const chat = chatOn(page)
  await chat.open()
  await page.getByLabel('Name').fill('Ada')
  await page.getByLabel('E-mail').fill('ada@')
  await chat.say('Please write to me.')
  await page.getByText('This address is not complete.').waitFor()
  expect(await chat.text.inputValue()).toBe('Please write to me.')
  await page.getByLabel('E-mail').fill('ada@example.com')
  await chat.text.press('Enter')
  await page.getByText('Sent', { exact: true }).waitFor()
  const { conversation, messages } = candor.model.all()[0]!
  expect(conversation.contact).toMatchObject({ name: 'Ada', email: 'ada@example.com' })
  expect(messages).toHaveLength(1)
})

test('ten cuts while both sides write: nothing missing, nothing twice, in order, on both sides', async () => {
  const { page, candor, line } = await openShop()
  const chat = chatOn(page)
  await chat.open()
  await chat.say('first')
  await page.getByText('Sent', { exact: true }).waitFor()
  const { conversation, messages } = candor.model.all()[0]!
  for (let round = 0; round < 10; round++) {
    line.cut()
    candor.model.say(conversation.id, `answer ${round}`)
    await chat.say(`question ${round}`)
    if (round % 3 === 0) line.cut()
    await vi.waitFor(() => expect(messages).toHaveLength(3 + round * 2), soon)
  }
  const stored = messages.map(({ text }) => text)
  expect(new Set(stored).size).toBe(21)
  await vi.waitFor(async () => expect(await chat.bubbles()).toEqual(stored), soon)
})

test('what is written without a connection is shown as waiting and arrives once, in order, after it', async () => {
  const { page, candor, line } = await openShop()
  const chat = chatOn(page)
  await chat.open()
  await chat.say('before')
  await page.getByText('Sent', { exact: true }).waitFor()
  line.unplug()
  await chat.say('during, one')
  await chat.say('during, two')
  await page.getByText('Connection lost. Trying again.').waitFor()
  await page.getByText('Waiting for the connection').waitFor()
  line.plugIn()
  await page.evaluate(() => dispatchEvent(new Event('online')))
  const { messages } = candor.model.all()[0]!
  await vi.waitFor(
    () => expect(messages.map(({ text }) => text)).toEqual(['before', 'during, one', 'during, two']),
    soon,
  )
  await page.getByText('Connection lost. Trying again.').waitFor({ state: 'detached' })
  await vi.waitFor(
    async () => expect(await chat.bubbles()).toEqual(['before', 'during, one', 'during, two']),
    soon,
  )
})

test('a device that goes offline says so at once, claims nobody is there, and sends by itself on return', async () => {
  const { page, candor } = await openShop()
  const chat = chatOn(page)
  await chat.open()
  await chat.say('before')
  await page.getByText('Sent', { exact: true }).waitFor()
  const { conversation, messages } = candor.model.all()[0]!
  candor.model.take(conversation.id)
  // Typing is told to who listens, and to nobody later.
  await page.getByText('Maya is here').waitFor()
  candor.model.type(conversation.id, 'staff', true)
  await page.getByText('Maya is typing').waitFor()
  await page.context().setOffline(true)
  await page.getByText('Connection lost. Trying again.').waitFor()
  expect(await page.getByText('Maya is').count()).toBe(0)
  await chat.say('during')
  await page.getByText('Waiting for the connection').waitFor()
  expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0)
  await page.context().setOffline(false)
  await page.getByText('Maya is here').waitFor()
  await vi.waitFor(() => expect(messages.at(-1)?.text).toBe('during'), soon)
  await page.getByText('Connection lost. Trying again.').waitFor({ state: 'detached' })
})

test('a first message written offline goes out by itself', async () => {
  const { page, candor } = await openShop()
  const chat = chatOn(page)
  await chat.open()
  await page.context().setOffline(true)
  await page.getByText('Connection lost. Trying again.').waitFor()
  await chat.say('hello')
  await page.getByText('Waiting for the connection').waitFor()
  await page.context().setOffline(false)
  await page.getByText('Sent', { exact: true }).waitFor()
  expect(candor.model.all()[0]?.messages[0]?.text).toBe('hello')
})

test('an answer that was lost on the way does not send the message twice', async () => {
  const { page, candor, line } = await openShop()
  const chat = chatOn(page)
  await chat.open()
  await chat.say('before')
  await page.getByText('Sent', { exact: true }).waitFor()
  const { conversation, messages } = candor.model.all()[0]!
  const cut = new Promise<void>((resolve) => {
    const cutOnce = (event: LiveEvent) => {
      if (event.type !== 'message') return
      candor.model.emitter.off(conversation.id, cutOnce)
      line.cut()
      resolve()
    }
    candor.model.emitter.on(conversation.id, cutOnce)
  })
  await chat.say('only once')
  await cut
  await vi.waitFor(async () => expect(await chat.bubbles()).toEqual(['before', 'only once']), soon)
  await page.getByText('Sending').waitFor({ state: 'detached' })
  expect(messages.map(({ text }) => text)).toEqual(['before', 'only once'])
})

test('the chat goes on, with unsent text, after a page change in the same tab', async () => {
  const { page, candor, shopUrl } = await openShop()
  const chat = chatOn(page)
  await chat.open()
  await chat.say('hello')
  await page.getByText('Sent', { exact: true }).waitFor()
  await chat.text.fill('half a thou')
  await page.goto(`${shopUrl}/another-page`)
  await page.getByText('hello').waitFor()
  expect(await chat.text.inputValue()).toBe('half a thou')
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true)
  const { conversation } = candor.model.all()[0]!
  candor.model.say(conversation.id, 'welcome back')
  await page.getByText('welcome back').waitFor()
  expect(candor.model.all()).toHaveLength(1)
})

test('what comes while the chat is closed is counted on the launcher, and read when it opens', async () => {
  const { page, candor } = await openShop()
  const chat = chatOn(page)
  await chat.open()
  await chat.say('hello')
  await page.getByText('Sent', { exact: true }).waitFor()
  await page.keyboard.press('Escape')
  const { conversation } = candor.model.all()[0]!
  candor.model.say(conversation.id, 'one')
  candor.model.say(conversation.id, 'two')
  await page.getByRole('button', { name: 'Open chat, 2 new' }).waitFor()
  await vi.waitFor(() => expect(conversation.markers.visitor).toEqual({ delivered: 3, read: 0 }), soon)
  await chat.launcher.click()
  await vi.waitFor(() => expect(conversation.markers.visitor.read).toBe(3), soon)
})

test('a closed conversation offers its transcript and a new start', async () => {
  const { page, candor } = await openShop()
  const chat = chatOn(page)
  await chat.open()
  await page.getByLabel('E-mail').fill('ada@example.com')
  await chat.say('hello')
  await page.getByText('Sent', { exact: true }).waitFor()
  const { conversation } = candor.model.all()[0]!
  candor.model.close(conversation.id)
  await page.getByText('A copy goes to ada@example.com.').waitFor()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download transcript' }).click()
  await (await download).path()
  await page.getByRole('button', { name: 'Start a new chat' }).click()
  await chat.say('something else')
  await vi.waitFor(() => expect(candor.model.all()).toHaveLength(2), soon)
  await vi.waitFor(async () => expect(await chat.bubbles()).toEqual(['something else']), soon)
})

test('text that a closed conversation refused stands in the box of the next', async () => {
  const { page, candor } = await openShop()
  const chat = chatOn(page)
  await chat.open()
  await chat.say('hello')
  await page.getByText('Sent', { exact: true }).waitFor()
  const { conversation } = candor.model.all()[0]!
  candor.model.take(conversation.id)
  await page.getByText('Maya is here').waitFor()
  candor.model.missBroadcasts(2)
  candor.model.close(conversation.id)
  await chat.say('too late')
  await page.getByRole('button', { name: 'Start a new chat' }).click()
  await vi.waitFor(async () => expect(await chat.text.inputValue()).toBe('too late'), soon)
})

test('an erased conversation is gone from the page too, and a new one can begin', async () => {
  const { page, candor } = await openShop()
  const chat = chatOn(page)
  await chat.open()
  await chat.say('forget me')
  await page.getByText('Sent', { exact: true }).waitFor()
  candor.model.erase(candor.model.all()[0]!.conversation.id)
  await page.getByText('This chat has been deleted.').waitFor()
  expect(await chat.bubbles()).toEqual([])
  await page.getByRole('button', { name: 'Start a new chat' }).click()
  await chat.say('hello again')
  await page.getByText('Sent', { exact: true }).waitFor()
})

test('a session that the service has ended leads to a new one without losing typed text', async () => {
  const { page, candor, line } = await openShop()
  const chat = chatOn(page)
  await chat.open()
  await chat.say('hello')
  await page.getByText('Sent', { exact: true }).waitFor()
  await chat.text.fill('not sent yet')
  candor.sessions.endAll()
  line.cut()
  await page.getByText('This chat session has ended.').waitFor()
  await page.getByRole('button', { name: 'Start a new chat' }).click()
  expect(await chat.text.inputValue()).toBe('not sent yet')
  await chat.text.press('Enter')
  await page.getByText('Sent', { exact: true }).waitFor()
})

test('a first click without a connection says so, keeps the text and can be repeated', async () => {
  const { page, candor, line } = await openShop()
  const chat = chatOn(page)
  line.unplug()
  await chat.launcher.click()
  await page.getByText("We can't connect right now.").waitFor()
  await chat.text.fill('typed before there was a line')
  line.plugIn()
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText("We can't connect right now.").waitFor({ state: 'detached' })
  await chat.text.press('Enter')
  await page.getByText('Sent', { exact: true }).waitFor()
  expect(candor.model.all()[0]?.messages[0]?.text).toBe('typed before there was a line')
})
