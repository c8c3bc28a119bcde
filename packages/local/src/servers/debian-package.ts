import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * Downloads a package of the distribution and unpacks it into `target`, without root and without installing it. On a
 * machine whose package lists were removed it fetches them, into a folder of its own.
 */
export async function unpackDebianPackage(name: string, target: string): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'candor-apt-'))
  // As root, apt hands the download to the user _apt, who must be able to write here.
  chmodSync(work, 0o777)
  try {
    await download(name, work, []).catch(() => downloadWithOwnLists(name, work))
    const file = readdirSync(work).find((entry) => entry.endsWith('.deb'))
    if (!file) throw new Error(`apt-get downloaded no package ${name}`)
    await run('dpkg-deb', ['-x', join(work, file), target])
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

async function downloadWithOwnLists(name: string, work: string): Promise<void> {
  for (const folder of ['lists/partial', 'cache/archives/partial']) {
    mkdirSync(join(work, folder), { recursive: true, mode: 0o777 })
  }
  const own = ['-o', `Dir::State::Lists=${join(work, 'lists')}`, '-o', `Dir::Cache=${join(work, 'cache')}`]
  const asOurselves = ['-o', 'APT::Sandbox::User=root', ...own]
  await run('apt-get', [...asOurselves, 'update'], { timeout: downloadMs })
  await download(name, work, asOurselves)
}

async function download(name: string, work: string, options: string[]): Promise<void> {
  await run('apt-get', [...options, 'download', name], { cwd: work, timeout: downloadMs })
}

const downloadMs = 120_000
