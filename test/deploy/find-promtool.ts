import { chmodSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '@candor/local/config'
import { unpackDebianPackage } from '@candor/local/servers/debian-package'
import { cached, findOnPath } from '@candor/local/servers/tool-cache'

/** Prometheus's own checker: one that is installed, else that of the distribution's package; undefined where there is none. */
export async function findPromtool(): Promise<string | undefined> {
  const { tools } = readConfig()
  const installed = findOnPath(tools.path, ['promtool'])
  if (installed) return installed
  try {
    const folder = await cached(tools, `promtool-${process.arch}`, async (target) => {
      await unpackDebianPackage('prometheus', target)
      rmSync(join(target, 'usr/bin/prometheus'))
      chmodSync(target, 0o755)
    })
    return join(folder, 'usr/bin/promtool')
  } catch (error) {
    console.warn(
      `NOT TESTED: alerts were not tried, for promtool is neither installed nor to be had: ${(error as Error).message.trim().split('\n').at(-1)}`,
    )
    return undefined
  }
}
