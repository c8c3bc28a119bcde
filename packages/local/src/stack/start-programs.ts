import { join } from 'node:path'
import { services } from '@candor/contracts/callers'
import type { ServiceName } from '@candor/contracts/callers'
import { createSupervisor } from '../processes/supervisor.ts'
import type { Context } from './context.ts'
import { buildProgram, migrationProgram, paymentsProgram, serviceProgram, webProgram } from './programs.ts'
import type { Parts } from './programs.ts'

/** Migrates and starts the services, builds and serves the pages, and starts the payment provider, all side by side. */
export async function startPrograms(
  { config, progress, children, stops }: Context,
  parts: Parts,
): Promise<void> {
  const logDir = join(config.dataDir, 'logs')
  const supervisor = createSupervisor({ logDir, report: progress.report, children })
  stops.programs.push(supervisor.stop)
  const startService = async (service: ServiceName) => {
    await supervisor.run(migrationProgram(parts, service))
    await supervisor.start(serviceProgram(parts, service))
  }
  await Promise.all([
    progress.step('payments', () => supervisor.start(paymentsProgram(parts))),
    progress.step('web', async () => {
      await supervisor.run(buildProgram(parts))
      await supervisor.start(webProgram(parts))
    }),
    ...services.map((service) => progress.step(service, () => startService(service))),
  ])
}
