// Which picture is shown large.
import { createSignal } from 'solid-js'

export interface LargePicture { id: string; alt: string; filename: string | null }
const [large, setLarge] = createSignal<LargePicture | null>(null)
export const largePicture = large
export const showLarge = setLarge
