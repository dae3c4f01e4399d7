// Recording a voice note; without a microphone the simulator's sample tone is sent instead.

export interface Recording { stop(): Promise<Blob | undefined> }

/** Starts recording, or answers undefined when there is no microphone or no permission. */
export async function record(): Promise<Recording | undefined> {
  const stream = await navigator.mediaDevices?.getUserMedia({ audio: true }).catch(() => undefined)
  if (!stream || typeof MediaRecorder === 'undefined') return undefined
  const type = ['audio/webm;codecs=opus', 'audio/mp4'].find(known => MediaRecorder.isTypeSupported(known))
  const recorder = new MediaRecorder(stream, type ? { mimeType: type } : {})
  const parts: Blob[] = []
  recorder.addEventListener('dataavailable', event => parts.push(event.data))
  recorder.start()
  return {
    stop: () => new Promise(resolve => {
      recorder.addEventListener('stop', () => {
        for (const track of stream.getTracks()) track.stop()
        resolve(new Blob(parts, { type: recorder.mimeType }))
      }, { once: true })
      recorder.stop()
    }),
  }
}
