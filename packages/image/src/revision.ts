import { rootDir } from './places.ts'
import { runTool } from './run-tool.ts'

/** Which commit this is and when it was made: the time that everything in an image gets, so that it can be built again. */
export async function readRevision(): Promise<Revision> {
  const git = (...args: string[]) => runTool('git', ['-C', rootDir, ...args]).catch(() => '')
  const [revision, time, changed] = await Promise.all([
    git('rev-parse', 'HEAD'),
    git('log', '-1', '--format=%ct'),
    git('status', '--porcelain'),
  ])
  return {
    name: revision === '' ? 'unknown' : `${revision}${changed === '' ? '' : '-changed'}`,
    epochSeconds: Number(time),
  }
}

export interface Revision {
  /** With `-changed` where the checkout holds what is in no commit. */
  readonly name: string
  readonly epochSeconds: number
}
