import { randomUUID } from 'node:crypto'
import type { Locator, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { clientsOf } from '../../story/clients.ts'
import { answer, signIn } from '../acts/console.ts'
import { audit } from '../audit.ts'
import { fillInbox } from '../fill-inbox.ts'
import { newBusiness } from '../new-business.ts'
import { openPerson, patienceMs } from '../person.ts'
import type { Platform } from '../platform.ts'

const size = 400
const patience = { timeout: patienceMs }
let platform: Platform

/** An inbox, and a conversation, larger than any screen. */
export function inboxTests(started: () => Platform): void {
  beforeAll(() => {
    platform = started()
  })

  test('a long list is read to its end, and what is read stays where it is while others write', async () => {
    await using desk = await openDesk()
    const { list, business } = desk
    const rows = list.getByRole('listitem')
    expect(await rows.first().getAttribute('aria-setsize')).toBe('-1')
    const last = rows.filter({ has: desk.page.getByText(`Person ${size}`, { exact: true }) })
    await scrollUntil(list, 1e6, last)
    expect(await last.getAttribute('aria-setsize')).toBe(`${size}`)
    expect(await rows.count()).toBeLessThan(60)

    await list.evaluate((box) => (box.scrollTop /= 2))
    const read = list.locator(`li[data-id="${await firstInSight(list)}"]`)
    const before = await placeOf(read)
    const anyone = clientsOf(platform.url).identity
    const session = await anyone.startVisitorSession.mutate({ widgetKey: business.widgetKey })
    const visitor = clientsOf(platform.url, session.accessToken).chat
    await visitor.startConversation.mutate({ name: 'Somebody new', text: 'Hello' })
    await expect.poll(() => placeOf(read), patience).toEqual({ ...before, number: before.number + 1 })

    await list.evaluate((box) => (box.scrollTop = 0))
    await list.getByText('Somebody new').waitFor()
    expect(await audit(desk, 'a long list')).toEqual([])
  })

  test('keys walk a long list, and the focus outlives its row leaving the screen', async () => {
    await using desk = await openDesk()
    const { page, list } = desk
    const chosen = list.locator('[aria-current=true]')
    for (const name of ['Person 1', 'Person 2', 'Person 3']) {
      await page.keyboard.press('j')
      await chosen.filter({ hasText: name }).waitFor()
    }
    await chosen.focus()
    const third = await chosen.getAttribute('href')
    await scrollUntil(list, 1_000, list.getByText('Person 80', { exact: true }))
    expect(await focused(page)).toBe(third)
    await page.keyboard.press('Tab')
    expect(await focused(page)).toMatch(/^\/inbox\//)
    expect(await focused(page)).not.toBe(third)
    await page.keyboard.press('j')
    await chosen.filter({ hasText: 'Person 4' }).waitFor()
  })

  test('the row of an open conversation tells its latest words and stands first, while it is written and read', async () => {
    await using desk = await openDesk()
    const { page, list, business, staff } = desk
    const anyone = clientsOf(platform.url).identity
    const write = async (name: string) => {
      const session = await anyone.startVisitorSession.mutate({ widgetKey: business.widgetKey })
      const { chat } = clientsOf(platform.url, session.accessToken)
      const { conversation } = await chat.startConversation.mutate({ name, text: 'Hello' })
      await staff.takeConversation.mutate({ conversationId: conversation.id })
      return { chat, conversationId: conversation.id }
    }
    const { chat, conversationId } = await write('Ada')
    const other = await write('Ben')
    await page.goto(`${platform.url}/inbox/${conversationId}`)
    await page.getByRole('radio', { name: 'Mine' }).click()
    const rows = list.getByRole('listitem')
    await rows.first().filter({ hasText: 'Ben' }).waitFor()

    const post = { conversationId: other.conversationId, clientMessageId: randomUUID(), text: 'And I' }
    await other.chat.postMessage.mutate(post)
    await rows.first().filter({ hasText: 'And I' }).waitFor()
    await answer(page, 'It is on its way')
    await rows.first().filter({ hasText: 'It is on its way' }).waitFor()
    const { conversations } = await staff.listConversations.query({ status: 'open', assignee: 'me' })
    const seq = conversations.find(({ id }) => id === conversationId)!.lastSeq
    await chat.markRead.mutate({ conversationId, seq, state: 'read' })
    await page.getByRole('region', { name: 'Messages' }).getByText('Read', { exact: true }).waitFor()
    expect(await rows.first().textContent()).toContain('It is on its way')
  })

  test('a long conversation opens at its newest message, and older ones come without a jump', async () => {
    await using desk = await openDesk()
    const { page, longId, staff } = desk
    const box = page.getByRole('region', { name: 'Messages' })
    const message = (seq: number) => box.locator(`li:has([data-seq="${seq}"])`)
    await page.goto(`${platform.url}/inbox/${longId}`)
    await message(size).waitFor()
    await expect.poll(() => distanceFromEnd(box), patience).toBeLessThan(2)

    // The older ones are held back until the reader has come to the first that there are.
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    await page.route(/listMessages/, (route) => released.then(() => route.continue()))
    const read = message(size - 57)
    await scrollUntil(box, -1e6, message(size - 59))
    const before = await placeOf(read)
    release()
    await expect.poll(() => placeOf(read), patience).toMatchObject({ number: before.number + 200 })
    expect(Math.abs((await placeOf(read)).top - before.top)).toBeLessThan(1)
    await scrollUntil(box, -1e6, message(1))
    expect(await box.getByRole('listitem').count()).toBeLessThan(60)
    expect(await audit(desk, 'a long conversation')).toEqual([])

    const first = await placeOf(message(1))
    await staff.postMessage.mutate({ conversationId: longId, clientMessageId: randomUUID(), text: 'One' })
    await expect.poll(() => message(1).getAttribute('aria-setsize'), patience).toBe(`${size + 1}`)
    expect(await placeOf(message(1))).toEqual(first)
    await page.getByRole('button', { name: 'Latest' }).click()
    await message(size + 1).waitFor()
    await answer(page, 'Two')
    await message(size + 2).waitFor()
    await expect.poll(() => distanceFromEnd(box), patience).toBeLessThan(2)
  })
}

/** A member of staff before an inbox of many. */
async function openDesk() {
  const { people, business, accessToken } = await newBusiness(platform.url)
  const longId = await fillInbox(platform, business.id, { conversations: size, messages: size })
  const person = await openPerson(platform.browser)
  await signIn(person.page, platform.url, people.owner)
  const list = person.page.getByRole('navigation', { name: 'Conversations' })
  await list.getByText('Person 1', { exact: true }).waitFor()
  return {
    ...person,
    business,
    longId,
    list,
    staff: clientsOf(platform.url, accessToken).chat,
    [Symbol.asyncDispose]: () => person.context.close(),
  }
}

/** Goes on by `step` until what is looked for is there, as somebody does. */
async function scrollUntil(box: Locator, step: number, goal: Locator): Promise<void> {
  await expect
    .poll(async () => {
      await box.evaluate((element, by) => element.scrollBy(0, by), step)
      return goal.count()
    }, patience)
    .toBe(1)
}

function firstInSight(list: Locator): Promise<string> {
  return list.evaluate((box) => {
    const { top } = box.getBoundingClientRect()
    return [...box.querySelectorAll('li')].find((row) => row.getBoundingClientRect().top >= top)!.dataset.id!
  })
}

function placeOf(row: Locator): Promise<{ number: number; top: number }> {
  return row.evaluate((element) => ({
    number: Number(element.getAttribute('aria-posinset')),
    top: element.getBoundingClientRect().top,
  }))
}

function focused(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() => document.activeElement?.getAttribute('href'))
}

function distanceFromEnd(box: Locator): Promise<number> {
  return box.evaluate(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight)
}
