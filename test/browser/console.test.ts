import { some } from '@candor/testing/long-form'
import { briefingTests } from './suites/briefing.ts'
import { complianceTests } from './suites/compliance.ts'
import { inboxTests } from './suites/inbox.ts'
import { officeTests } from './suites/office.ts'
import { onOnePlatform } from './suites/on-one-platform.ts'

const suites = {
  'a large inbox': inboxTests,
  'privacy in the console': complianceTests,
  'the privacy office': officeTests,
  // Lets days pass for everybody, so it comes last.
  briefing: briefingTests,
}

onOnePlatform(Object.fromEntries(some(Object.entries(suites), 1)))
