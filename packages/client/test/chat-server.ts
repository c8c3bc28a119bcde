import { createServer } from 'node:http'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createHTTPHandler } from '@trpc/server/adapters/standalone'
import { createChatModel } from './chat-model.ts'
import type { ChatModel } from './chat-model.ts'
import type { Context } from './procedure.ts'
import { createRouters } from './routers.ts'
import { createSessionModel } from './session-model.ts'
import type { SessionModel } from './session-model.ts'

/** A small Candor on tRPC's own server, for a visitor's client, with what a test has to make happen. */
export async function startChatServer(options: { other?: RequestListener } = {}): Promise<ChatServer> {
  const model = createChatModel()
  const sessions = createSessionModel()
  const calls: string[] = []
  const routers = createRouters(model, sessions)
  const createContext = ({ req }: { req: IncomingMessage }): Context => ({
    visitorId: sessions.findVisitor(req.headers.authorization?.replace('Bearer ', '') ?? ''),
  })
  const doors: Record<string, RequestListener> = {
    identity: createHTTPHandler({ router: routers.identity, basePath: '/trpc/identity/', createContext }),
    chat: createHTTPHandler({ router: routers.chat, basePath: '/trpc/chat/', createContext }),
    transcripts: createHTTPHandler({
      router: routers.transcripts,
      basePath: '/trpc/transcripts/',
      createContext,
    }),
  }
  let failure: number | null = null

  const server = createServer((request, response) => {
    const path = request.url ?? ''
    const door = doors[/^\/trpc\/(\w+)\//.exec(path)?.[1] ?? '']
    if (door === undefined) return (options.other ?? answerNotFound)(request, response)
    allowEveryOrigin(response)
    if (request.method === 'OPTIONS') return response.writeHead(204).end()
    calls.push(path.replace('/trpc/', ''))
    if (failure !== null)
      return response.writeHead(failure, { 'content-type': 'text/html' }).end('<h1>Sorry</h1>')
    door(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    model,
    sessions,
    calls,
    failWith: (status) => {
      failure = status
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export interface ChatServer extends AsyncDisposable {
  url: string
  port: number
  model: ChatModel
  sessions: SessionModel
  /** What was called, in order: `chat/postMessage?batch=1`. */
  calls: string[]
  /** Answers every call with this status and a page, as a proxy before a dead service does; null ends it. */
  failWith(status: number | null): void
}

function allowEveryOrigin(response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', '*')
  response.setHeader('access-control-allow-headers', 'authorization, content-type')
}

function answerNotFound(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(404).end()
}
