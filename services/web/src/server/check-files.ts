import { existsSync } from 'node:fs'
import { places } from '#places'
import { CheckError } from '@candor/runtime/check-up'
import type { Check } from '@candor/runtime/check-up'
import type { WebConfig } from './config.ts'
import { createRouter } from './router.ts'
import { widgetFiles } from './widget.ts'

/** That pages and widget lie where they are served from. Pages are read at the start, the widget only when asked for. */
export function fileChecks(config: () => WebConfig): Check[] {
  return [
    {
      name: 'pages',
      needs: 'config',
      async look() {
        await createRouter(config()).catch((cause: Error) => {
          throw new CheckError(cause.message, imageAdvice, { cause })
        })
        return { found: 'built' }
      },
    },
    {
      name: 'widget',
      async look() {
        const missing = [...widgetFiles].filter((name) => !existsSync(new URL(`.${name}`, places.widget)))
        return {
          found:
            missing.length === 0 ? 'built' : `${missing.length} of ${widgetFiles.size} scripts are missing`,
          wrong: missing.map((name) => ({ what: `${name} is not there`, toDo: imageAdvice })),
        }
      },
    },
  ]
}

const imageAdvice =
  'In an image, it was left out of the release: take that back, deploy/runbooks/PagesBudgetBurn.md.'
