import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { applyTheme } from '../ui/theme.ts'
import { ReferencePage } from './reference-page.tsx'

applyTheme()
createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <ReferencePage />
  </StrictMode>,
)
