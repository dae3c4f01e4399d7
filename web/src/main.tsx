// Where the browser begins: tokens and base styles first, then the app.
import './ui/tokens.css'
import './ui/base.css'
import { render } from 'solid-js/web'
import { App } from './app.tsx'

const root = document.getElementById('app')
if (root) render(() => <App />, root)
