import { some } from '@candor/testing/long-form'
import { consentTests } from './suites/consent.ts'
import { cookiesTests } from './suites/cookies.ts'
import { newsTests } from './suites/news.ts'
import { onOnePlatform } from './suites/on-one-platform.ts'
import { storyTests } from './suites/story.ts'

const others = Object.entries({ consent: consentTests, cookies: cookiesTests, news: newsTests })

onOnePlatform({ 'the story': storyTests, ...Object.fromEntries(some(others, 1)) })
