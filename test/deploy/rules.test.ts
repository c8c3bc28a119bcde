import { lint, rules } from '@candor/deploy/checks/lint'
import { readTree } from '@candor/deploy/checks/manifest'
import { validate } from '@candor/deploy/checks/schema/validate'
import { describe, expect, test } from 'vitest'
import { changed, goodObjects } from './good-tree.ts'
import { faults } from './rule-faults.ts'

describe('the rules that every overlay follows', () => {
  test('find nothing in a tree that is as they say', async () => {
    expect(lint(readTree('fixture', goodObjects()))).toEqual([])
    const refused = await Promise.all(goodObjects().map((object) => validate(object)))
    expect(refused.flat()).toEqual([])
  })

  test('are each shown to find something', () => {
    const shown = new Set(faults.map(([rule]) => rule))
    expect(rules.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([])
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length)
  })

  test.each(faults)('%i finds: %s', (id, _what, change) => {
    const rule = rules.find((one) => one.id === id)!
    expect(rule.check(changed(change))).not.toEqual([])
  })

  test('hold but for what is written down, and what is written down in vain is found', () => {
    const tree = changed((the) => delete pod(the).automountServiceAccountToken)
    const because = 'a test'
    const excepted = { rule: '11', overlays: ['fixture'], object: /^Deployment\/cart$/, because }
    expect(lint(tree, [])).toHaveLength(1)
    expect(lint(tree, [excepted])).toEqual([])
    expect(lint(readTree('fixture', goodObjects()), [excepted])).toHaveLength(1)
  })
})

const pod = (the: (kind: string) => any) => the('Deployment').spec.template.spec
