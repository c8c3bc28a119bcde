import { startHttp } from '../pages/http-server.ts'
import { mailPages } from './routes.ts'
import { startSmtp } from './smtp.ts'
import type { Inbound } from './smtp.ts'
import { openMailStore } from './store.ts'

/** A mail server that delivers to nobody but `inbound`: whatever is sent to it can be read at `/mail`. */
export async function startMailSink(options: {
  folder: string
  smtpPort?: number
  httpPort?: number
  inbound?: Inbound
}) {
  const store = await openMailStore(options.folder)
  const smtp = await startSmtp(store, options.smtpPort ?? 0, options.inbound)
  const http = await startHttp(mailPages(store), options.httpPort ?? 0)
  return {
    smtpUrl: `smtp://127.0.0.1:${smtp.port}`,
    httpUrl: `http://127.0.0.1:${http.port}`,
    messages: store.messages,
    stop: async () => void (await Promise.all([smtp.stop(), http.stop()])),
  }
}
