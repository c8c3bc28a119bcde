import { validate } from '@candor/deploy/checks/schema/validate'
import { describe, expect, test } from 'vitest'
import { changed } from './good-tree.ts'
import { faults } from './schema-faults.ts'

describe('the schemas of Kubernetes and of custom resources', () => {
  test.each(faults)('refuse %s', async (_what, change) => {
    const refused = await Promise.all(changed(change).objects.map((object) => validate(object)))
    expect(refused.filter((problems) => problems.length > 0)).toHaveLength(1)
  })
})
