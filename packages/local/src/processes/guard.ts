import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { sharedDir } from '../servers/postgres-place.ts'

/**
 * Ends a server and removes its folder, with data of PostgreSQL that had to stand elsewhere, once this process is gone
 * without having said that it did so itself, however that came: an uncaught error, Ctrl-C or SIGKILL. Answers how to say so.
 */
export function guard({ pid, folder }: { pid?: number; folder: string }): () => Promise<void> {
  const keeper = spawn('sh', ['-c', script, 'guard', folder, sharedDir, String(pid ?? '')], {
    // Out of reach of the terminal's Ctrl-C, and holding no folder.
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  keeper.unref()
  keeper.stdin.on('error', () => {})
  return async () => {
    if (keeper.exitCode !== null || keeper.signalCode !== null) return
    keeper.ref()
    keeper.stdin.end('done\n')
    await once(keeper, 'exit')
  }
}

/**
 * Its input ends with our process, and then `read` fails. Both servers stop at once on SIGINT; an initdb that was left alone
 * goes on writing for a moment.
 */
const script = `
  read -r done && exit
  if [ -n "$3" ]; then
    kill -INT "$3"
    for try in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$3" && sleep 0.2; done
    kill -KILL "$3"
  fi 2>/dev/null
  elsewhere=$(for link in "$1"/*; do readlink "$link"; done | grep "^$2/")
  for try in 1 2 3 4 5; do
    rm -rf "$1"
    for place in $elsewhere; do rm -rf "$place" "$place".new*; done
    sleep 0.3
  done
`
