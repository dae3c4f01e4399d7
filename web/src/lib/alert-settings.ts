// How this browser may call for attention; the settings page changes it, the inbox obeys.
import { createStored } from './stored.ts'

export interface AlertSettings {
  /** A notification of the system while the page is not looked at; the browser must allow it too. */
  desktop: boolean
  sound: boolean
  /** The count in the tab's title. */
  title: boolean
  /** Only conversations that are mine or nobody's. */
  onlyMine: boolean
}

export const [alertSettings, changeAlertSettings] = createStored<AlertSettings>('studio.alerts', { desktop: false, sound: true, title: true, onlyMine: false })
