import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSession } from '@candor/client/session'
import { expect, test } from 'vitest'
import { staffTokenStore } from '../src/api/staff-token-store.ts'

test('tabs that open together never use one refresh token twice', async () => {
  await using identity = await startIdentity()
  const storage = sharedStorage('refresh-0')
  const tabs = [1, 2, 3].map(() =>
    createSession({ url: identity.url, store: staffTokenStore(storage, identity.url) }),
  )
  const tokens = await Promise.all(tabs.flatMap((tab) => [tab.getAccessToken(), tab.getAccessToken()]))
  for (const tab of tabs) tab.dispose()
  expect(tokens.every((token) => token?.startsWith('access-'))).toBe(true)
  expect(new Set(identity.used).size).toBe(identity.used.length)
  expect(storage.getItem()).toBe(`refresh-${identity.used.length}`)
})

/** Answers `refreshSession` as the service does, and remembers which tokens were used. */
async function startIdentity() {
  const used: string[] = []
  const server = createServer(async (request, response) => {
    const body = JSON.parse((await request.toArray()).join(''))
    used.push(body[0].refreshToken)
    const accessExpiresAt = new Date(Date.now() + 600_000).toISOString()
    const data = {
      accessToken: `access-${used.length}`,
      accessExpiresAt,
      refreshToken: `refresh-${used.length}`,
    }
    response.setHeader('content-type', 'application/json').end(JSON.stringify([{ result: { data } }]))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    used,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function sharedStorage(first: string) {
  let held: string | null = first
  return {
    length: 1,
    key: () => null,
    clear: () => (held = null),
    getItem: () => held,
    setItem: (_: string, value: string) => void (held = value),
    removeItem: () => (held = null),
  }
}
