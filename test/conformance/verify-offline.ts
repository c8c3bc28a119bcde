import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const script = fileURLToPath(new URL('../../services/privacy/src/verify-receipt.ts', import.meta.url))

/** What the script says of a downloaded receipt or proof that anybody can run; fails where it is not valid. */
export async function verifyOffline(file: unknown): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'verify-'))
  try {
    const path = join(folder, 'receipt.json')
    await writeFile(path, JSON.stringify(file))
    return (await promisify(execFile)(process.execPath, [script, path])).stdout
  } finally {
    await rm(folder, { recursive: true })
  }
}
