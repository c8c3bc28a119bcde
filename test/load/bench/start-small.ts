import { freePorts } from '@candor/local/processes/free-port'
import type { Grounds } from './grounds.ts'
import { startProgram } from './programs.ts'

/** The service of one procedure, and Node's plain server that does the same, each in a process of its own. */
export async function startSmall(grounds: Grounds) {
  const [httpPort, standalonePort, rawPort] = (await freePorts(3)) as [number, number, number]
  const script = (name: string) => new URL(`./servers/${name}.ts`, import.meta.url).pathname
  await using stack = new AsyncDisposableStack()
  const service = stack.use(
    await startProgram({
      name: 'small-service',
      script: script('small-service'),
      folder: grounds.folder,
      nodeOptions: grounds.productOptions,
      env: {
        NODE_ENV: 'production',
        NATS_URL: grounds.nats.url,
        NATS_SEED: grounds.nats.seeds.billing,
        HTTP_PORT: String(httpPort),
        STANDALONE_PORT: String(standalonePort),
      },
    }),
  )
  const raw = stack.use(
    await startProgram({
      name: 'raw-http',
      script: script('raw-http'),
      folder: grounds.folder,
      env: { NODE_ENV: 'production', HTTP_PORT: String(rawPort) },
    }),
  )
  const started = stack.move()
  return {
    httpPort,
    standalonePort,
    rawPort,
    servicePid: service.pid,
    rawPid: raw.pid,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}
