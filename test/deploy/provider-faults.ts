import type { RequestListener } from 'node:http'
import { freePorts } from '@candor/local/processes/free-port'
import { startHttp } from '@candor/local/pages/http-server'
import { onTestFinished } from 'vitest'

/** What billing's doctor can meet where the payment provider should be, each for the time of one test. */
export const providerFaults: readonly Fault[] = [
  {
    fault: 'refuses our key',
    serve: () => answer(401),
    says: /answers 401\n.*refuses our key\n.*PAYMENT_API_KEY/,
  },
  { fault: 'forbids us', serve: () => answer(403), says: /answers 403\n.*refuses our key/ },
  { fault: 'fails', serve: () => answer(503), says: /answers 503\n.*it fails\n.*PaymentProviderFailing/ },
  {
    fault: 'has had enough of us',
    serve: () => answer(429),
    says: /answers 429\n.*no more calls just now; whether it knows our key cannot be told/,
  },
  {
    fault: 'sends us elsewhere',
    serve: () => answer(302, { location: 'http://127.0.0.1:9/' }),
    says: /sends us elsewhere, and no redirect is followed\n.*PAYMENT_API_URL/,
  },
  {
    fault: 'is a page that stands at every address',
    serve: () => answer(200),
    says: /answers 200\n.*not answer for a checkout that does not exist\n.*PAYMENT_API_URL/,
  },
  {
    fault: 'is a server that has nothing',
    serve: () => answer(404),
    says: /answers 404\n.*asks for no key, so that it is hardly the provider\n.*PAYMENT_API_URL/,
  },
  {
    fault: 'is away',
    serve: async () => `http://127.0.0.1:${(await freePorts(1))[0]}`,
    says: /the call to the payment provider failed: ECONNREFUSED\n.*PaymentProviderFailing/,
  },
  {
    fault: 'takes the call and is silent',
    serve: () => listen(() => {}),
    says: /did not answer within 5 s\n.*PaymentProviderFailing/,
  },
  {
    fault: 'hangs up',
    serve: () => listen(({ socket }) => void socket.destroy()),
    says: /the call to the payment provider failed: UND_ERR_SOCKET\n/,
  },
  {
    fault: 'has another time',
    serve: () =>
      listen(({ headers }, response) =>
        response
          .writeHead(headers.authorization ? 404 : 401, {
            date: new Date(Date.now() - 400_000).toUTCString(),
          })
          .end(),
      ),
    says: /its clock and ours differ by 40\d s, so that its notices are refused/,
  },
]

const answer = (status: number, headers = {}) =>
  listen((_request, response) => response.writeHead(status, headers).end())

async function listen(listener: RequestListener): Promise<string> {
  const { port, stop } = await startHttp(listener, 0)
  onTestFinished(stop)
  return `http://127.0.0.1:${port}`
}

interface Fault {
  readonly fault: string
  /** Answers where it stands. */
  readonly serve: () => Promise<string>
  readonly says: RegExp
}
