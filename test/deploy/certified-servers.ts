import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTlsServer, TLSSocket } from 'node:tls'
import { startNats } from '@candor/local/servers/nats-server'
import { onTestFinished } from 'vitest'
import { makeCertificate } from './make-certificate.ts'

/** Servers that show a certificate which ends when told, until the end of the test. Each answers its address. */
export async function servePages(validTo: Date): Promise<string> {
  const server = createTlsServer(makeCertificate(validTo))
  server.on('tlsClientError', () => {})
  return `https://localhost:${await listen(server)}`
}

/** The broker's own program. */
export async function serveBroker(validTo: Date): Promise<{ url: string; caFile: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'candor-certified-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const { cert, key } = makeCertificate(validTo)
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  writeFileSync(certFile, cert)
  writeFileSync(keyFile, key)
  const configText = `tls { cert_file: "${certFile}", key_file: "${keyFile}" }\n`
  const server = await startNats({ storeDir: join(folder, 'store'), configText })
  onTestFinished(() => server.stop())
  return { url: `tls://localhost:${server.port}`, caFile: certFile }
}

/** As much of PostgreSQL as stands before the certificate. */
export async function serveDatabase(validTo: Date): Promise<string> {
  const certificate = makeCertificate(validTo)
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => {
      socket.write('S')
      new TLSSocket(socket, { isServer: true, ...certificate }).on('error', () => {})
    })
  })
  return `postgres://chat_app:x@localhost:${await listen(server)}/candor_chat?sslmode=require`
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}
