import { join } from 'node:path'
import { services } from '@candor/contracts/callers'
import { startGateway, startShopGateway } from '../gateway/gateway.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { startMailSink } from '../mail-sink/mail-sink.ts'
import type { Message } from '../mail-sink/message.ts'
import type { Context } from './context.ts'
import { inboundDomain } from './programs.ts'

/** Opens everything that people reach by an address, before what stands behind it is up. */
export async function openDoors({ config, ports, stops }: Context): Promise<Doors> {
  const backends = {
    services: Object.fromEntries(services.map((service) => [service, ports[`${service}Http`]])),
    web: ports.webHttp,
    mail: ports.mail,
  }
  const gateway = await open(config.port, 'CANDOR_PORT', (port) => startGateway({ port, backends }))
  stops.doors.push(gateway.stop)
  const publicUrl = `http://localhost:${gateway.port}`
  const mail = await startMailSink({
    folder: join(config.dataDir, 'mail'),
    smtpPort: ports.smtp,
    httpPort: ports.mail,
    inbound: { domain: inboundDomain, port: ports.chatMail },
  })
  stops.doors.push(mail.stop)
  if (config.shopPort === undefined) return { publicUrl, shopUrl: `${publicUrl}/shop`, mails: mail.messages }
  const shop = await open(config.shopPort, 'CANDOR_SHOP_PORT', (port) =>
    startShopGateway({ port, webPort: ports.webHttp }),
  )
  stops.doors.push(shop.stop)
  return { publicUrl, shopUrl: `http://localhost:${shop.port}/`, mails: mail.messages }
}

async function open(
  port: number,
  variable: string,
  start: (port: number) => Promise<Gateway>,
): Promise<Gateway> {
  try {
    return await start(port)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error
    const why = code === 'EACCES' ? 'may not be used by an ordinary user' : 'is taken by another program'
    const other = port < 1024 ? 8080 : port + 1
    throw new Error(`Port ${port} ${why}. Choose another one, for example with ${variable}=${other}.`, {
      cause: error,
    })
  }
}

interface Doors {
  readonly publicUrl: string
  readonly shopUrl: string
  /** Newest first. */
  readonly mails: readonly Message[]
}
