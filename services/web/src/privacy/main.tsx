import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from '../api/query-client.ts'
import { applyTheme } from '../ui/theme.ts'
import { App } from './app.tsx'
import { watchProofLinks } from './proof-link.ts'

applyTheme()
watchProofLinks()
createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
)
