import { consentTests } from './suites/consent.ts'
import { cookiesTests } from './suites/cookies.ts'
import { newsTests } from './suites/news.ts'
import { onOnePlatform } from './suites/on-one-platform.ts'
import { storyTests } from './suites/story.ts'

onOnePlatform({ 'the story': storyTests, consent: consentTests, cookies: cookiesTests, news: newsTests })
